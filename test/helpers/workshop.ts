import { uuidv7 } from 'uuidv7';
import { onTestFinished } from 'vitest';
import type { Job } from '../../jobs/contract.ts';
import { startRuntime } from '../../workers/runtime.ts';
import { startSweeper, sweep } from '../../workers/sweeper.ts';
import type { QueueBackEnd } from './backends.ts';
import { testDatabase } from './database.ts';
import { queuesInReach, silentLog, workerDeps } from './deps.ts';
import { PROBE_TABLE, probe, probeHandler } from './probe.ts';

/** A database, its queues, and ways to look at and wake both. */
export async function workshop(backEnd: QueueBackEnd, job: Job = probe) {
  const { url, db } = await testDatabase('empty');
  await db.query(PROBE_TABLE);
  if (backEnd.kind === 'redis') await backEnd.redis().flushAll();
  const jobs = [job];
  const queues = await queuesInReach(url, backEnd.redisUrl(), jobs);
  const options = { db, queues, log: silentLog, jobs, intervalMs: 200 };
  const [queue] = queues.board();
  if (!queue) throw new Error('no queue');
  return {
    db,
    queues,
    queue,
    sweepNow: () => sweep(options),
    /** The sweeper looks at every row now, not in 5 s. */
    everythingOverdue: () => db.query('update outbox set sweep_at = now() where run_at <= now()'),
    work() {
      const deps = workerDeps(db);
      const runtime = startRuntime(deps, {
        queues,
        handlers: [probeHandler],
        concurrency: 10,
        jobLockMs: 3_000,
      });
      const sweeper = startSweeper(options);
      onTestFinished(async () => {
        await Promise.all([runtime.stop(), sweeper.stop()]);
      });
    },
  };
}

/** A promise whose work is to write a number down. */
export const writes = (n: number) => ({
  id: uuidv7(),
  job: 'probe',
  payload: { n, mode: 'write' },
  delayMs: 0,
});
