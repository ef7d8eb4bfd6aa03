import { differences } from '../check.ts';
import { startChild } from '../child.ts';
import type { Contestant } from '../frame.ts';
import { pause } from '../inside.ts';
import type { World } from '../world.ts';

interface Setting {
  workers: number;
  concurrency: number;
}

/** Tried before the runs; the fastest is what Terna is compared with. */
export const SETTINGS: Setting[] = [
  { workers: 1, concurrency: 50 },
  { workers: 1, concurrency: 200 },
  { workers: 2, concurrency: 50 },
  { workers: 2, concurrency: 200 },
];

/** BullMQ and nothing else: no-op jobs, from the first that is added to the last that is completed. */
export function noopContestant(
  { servers, sizes }: World,
  backEnd: 'redis' | 'postgres',
  { workers: workerCount, concurrency }: Setting,
  share = 1,
): Contestant {
  return {
    name: `BullMQ no-op jobs on ${backEnd === 'redis' ? 'Redis' : 'Postgres'}, ${workerCount} x ${concurrency}`,
    unit: 'jobs/s',
    async run() {
      await servers.redis.flushAll();
      const database = await servers.database();
      const env = {
        CONCURRENCY: String(concurrency),
        DATABASE_URL: database.url,
        ...(backEnd === 'redis' && { REDIS_URL: servers.redis.url }),
      };
      const adder = await startChild('bench/bullmq/adder.ts', env);
      const workers = await Promise.all(
        Array.from({ length: workerCount }, () => startChild('bench/bullmq/worker.ts', env)),
      );
      let total = 0;
      const process = async (count: number): Promise<number> => {
        total += count;
        const startedAt = await adder.ask<number>('add', { count });
        const end = Date.now() + 120_000;
        for (;;) {
          const done = await Promise.all(
            workers.map((worker) => worker.ask<{ completed: number; lastAt: number }>('completed')),
          );
          const completed = done.reduce((sum, each) => sum + each.completed, 0);
          const lastAt = Math.max(...done.map((each) => each.lastAt));
          if (completed >= total || Date.now() > end) return (count * 1_000) / (lastAt - startedAt);
          await pause(20);
        }
      };
      try {
        const count = Math.round((backEnd === 'redis' ? sizes.noops : sizes.noopsOnPostgres) * share);
        await process(Math.round(count / 10));
        const value = await process(count);
        await pause(200);
        const left = await adder.ask<Record<string, number>>('counts');
        return { value, wrong: differences({ waiting: 0, active: 0, failed: 0, delayed: 0 }, left) };
      } finally {
        await Promise.all([adder, ...workers].map((child) => child.stop()));
        await database.drop();
      }
    },
  };
}
