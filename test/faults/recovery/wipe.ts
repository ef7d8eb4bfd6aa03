import { pause } from '../pause.ts';
import type { System } from '../system.ts';
import { drained, startSteady } from './steady.ts';

export interface Wipe {
  /** Jobs that were outstanding when Redis was back and empty. */
  outstanding: number;
  awaySeconds: number;
  /** Intake while Redis was away: all of it should have been taken. */
  accepted: number;
  refused: number;
  /** From its return until every outstanding job was in its queue again, s, and how many that were a second. */
  rebuiltAfter: number | null;
  rebuiltPerSecond: number | null;
  /** From its return until nothing was due for more than 2 s, s. */
  movingAfter: number | null;
}

// Rows for next week: they make the queues long without being work.
const SLEEPING = `insert into outbox (id, job, payload, run_at, sweep_at)
  select gen_random_uuid(), 'follow-up', jsonb_build_object('requestId', gen_random_uuid(), 'windowNo', 1),
    now() + interval '7 days', now() + interval '7 days' from generate_series(1, $1::int)`;

/** Redis goes away under load for so long, and comes back empty, with many jobs outstanding. */
export async function measureWipe(
  system: System,
  { sleeping, awaySeconds, perSecond }: { sleeping: number; awaySeconds: number; perSecond: number },
  say: (line: string) => void,
): Promise<Wipe> {
  const { postgres, redis } = system;
  if (!redis) throw new Error('there is no Redis in this run');
  await drained(system);
  const steady = startSteady(system, perSecond);
  await pause(3_000);
  await postgres.ask(SLEEPING, [sleeping]);
  const before = { accepted: steady.told.accepted.size, failed: steady.failed.length };
  await redis.kill();
  await pause(awaySeconds * 1_000);
  const accepted = steady.told.accepted.size - before.accepted;
  const refused = steady.failed.length - before.failed;
  const [row] = await postgres.ask<{ n: number }>(
    'select count(*)::int as n from outbox where failed_at is null',
  );
  const outstanding = row?.n ?? 0;
  await redis.start();
  const back = Date.now();
  let rebuilt: number | null = null;
  let moving: number | null = null;
  while ((rebuilt === null || moving === null) && Date.now() - back < 120_000) {
    await pause(100);
    rebuilt ??= /put up/.test(newLines(system, back)) ? (Date.now() - back) / 1_000 : null;
    const [late] = await postgres.ask<{ n: number }>(
      `select count(*)::int as n from outbox where failed_at is null and run_at < now() - interval '2 seconds'
         and (lease_until is null or lease_until < now())`,
    );
    if (late?.n === 0) moving ??= (Date.now() - back) / 1_000;
  }
  await steady.stop();
  await postgres.ask(`delete from outbox where job = 'follow-up' and run_at > now() + interval '6 days'`);
  const rebuiltPerSecond = rebuilt === null ? null : Math.round(outstanding / rebuilt);
  const found = {
    outstanding,
    awaySeconds,
    accepted,
    refused,
    rebuiltAfter: rebuilt,
    rebuiltPerSecond,
    movingAfter: moving,
  };
  say(`Redis away for ${awaySeconds} s and back empty: ${JSON.stringify(found)}`);
  return found;
}

/** What the workers have logged since then. */
function newLines({ workers }: System, since: number): string {
  return workers
    .flatMap((worker) => worker.output().split('\n'))
    .filter((line) => Number(/"time":(\d+)/.exec(line)?.[1] ?? 0) >= since)
    .filter((line) => line.includes('queues are new or were wiped'))
    .join('\n');
}
