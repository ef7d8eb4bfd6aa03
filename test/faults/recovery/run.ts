import { parseArgs } from 'node:util';
import { hasRedis } from '../../helpers/redis.ts';
import { type BackEnd, startSystem } from '../system.ts';
import { measureOutages } from './outages.ts';
import { measureRolling } from './rolling.ts';
import { measureRecovery } from './throughput.ts';
import { measureWipe } from './wipe.ts';

/*
 * What comes after a fault, measured: npm run test:recovery -- [--backend B] [--outages N] [--only part,part]
 * Parts: rolling, throughput, wipe (Redis only), outages. One line of JSON at the end; progress on stderr.
 */
const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: hasRedis ? 'redis' : 'postgres' },
    outages: { type: 'string', default: '50' },
    longest: { type: 'string', default: '120' },
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
try {
  const found: Record<string, unknown> = { backend: backEnd, seed: values.seed };
  if (parts.includes('rolling'))
    found.rolling = await measureRolling(system, { rounds: 10, clients: 8 }, say);
  if (parts.includes('throughput')) found.throughput = await measureRecovery(system, 25, say);
  if (parts.includes('wipe') && backEnd === 'redis')
    found.wipe = await measureWipe(system, { sleeping: 50_000, awaySeconds: 60, perSecond: 20 }, say);
  if (parts.includes('outages')) {
    const span = { shortest: 1, longest: Number(values.longest), seed: values.seed };
    found.outages = await measureOutages(system, { count: Number(values.outages), ...span }, say);
  }
  process.stdout.write(`${JSON.stringify(found)}\n`);
} finally {
  await system.stop();
}
