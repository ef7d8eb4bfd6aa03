import { parseArgs } from 'node:util';
import { hasRedis } from '../../helpers/redis.ts';
import { type BackEnd, startSystem } from '../system.ts';
import { measureOutages } from './outages.ts';
import { measureRolling } from './rolling.ts';
import { measureRecovery } from './throughput.ts';
import { measureWipe } from './wipe.ts';

/*
 * What comes after a fault, measured: npm run test:recovery -- [--backend B] [--outages N] [--longest S] [--rounds N]
 * [--only part,part]. Parts: rolling, throughput, wipe (Redis only), outages. Progress goes to stderr, one line of
 * JSON to stdout; the exit code is 0 only when everything is as docs/reliability.md promises.
 */
const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: hasRedis ? 'redis' : 'postgres' },
    outages: { type: 'string', default: '50' },
    longest: { type: 'string', default: '120' },
    rounds: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: 'rolling,throughput,wipe,outages' },
  },
});
const backEnd: BackEnd = values.backend === 'redis' ? 'redis' : 'postgres';
const parts = values.only.split(',');
const say = (line: string) => process.stderr.write(`${line}\n`);

// The times are the program's own: what is measured here is what an operator would see.
const usual = { JOB_LOCK: 'PT15S', MAIL_LEASE: 'PT90S', SWEEP_INTERVAL: 'PT2S', LEAD_EXPIRY: 'P30D' };
const system = await startSystem({
  backEnd,
  seed: values.seed,
  answerWindowS: 259_200,
  env: { ...usual, LOG_LEVEL: 'info' },
});
const missed: string[] = [];
const hold = (what: string, holds: boolean) => {
  if (!holds) missed.push(what);
};
try {
  const found: Record<string, unknown> = { backend: backEnd, seed: values.seed };
  if (parts.includes('rolling')) {
    const rolling = await measureRolling(system, { rounds: Number(values.rounds), clients: 8 }, say);
    found.rolling = rolling;
    hold('a restart broke calls off', rolling.failed.length === 0);
    hold('a process took longer than 5 s to end', rolling.exits.p99 <= 5_000);
  }
  if (parts.includes('throughput')) {
    const recoveries = await measureRecovery(system, 25, say);
    found.throughput = recoveries;
    hold(
      'throughput was not back after 10 s',
      recoveries.every(({ ratio }) => ratio >= 0.99),
    );
  }
  if (parts.includes('wipe') && backEnd === 'redis') {
    const wipe = await measureWipe(system, { sleeping: 50_000, awaySeconds: 60, perSecond: 20 }, say);
    found.wipe = wipe;
    hold('intake refused while Redis was away', wipe.refused === 0);
    hold('work was not moving again within 60 s', wipe.movingAfter !== null && wipe.movingAfter <= 60);
  }
  if (parts.includes('outages')) {
    const span = { shortest: 1, longest: Number(values.longest), seed: values.seed };
    const outages = await measureOutages(system, { count: Number(values.outages), ...span }, say);
    found.outages = outages;
    hold(
      'pickup was not back within 15 s',
      outages.every(({ terna }) => terna !== null),
    );
    const long = outages.filter(({ seconds }) => seconds >= 10);
    hold(
      '/readyz was not red within 10 s',
      long.every(({ red }) => red !== null && red <= 10),
    );
  }
  for (const what of missed) say(`not as promised: ${what}`);
  process.stdout.write(`${JSON.stringify({ ...found, missed })}\n`);
  if (missed.length > 0) process.exitCode = 1;
} finally {
  await system.stop();
}
