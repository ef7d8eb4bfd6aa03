import { run, type Task } from 'graphile-worker';
import { needed } from '../inside.ts';
import type { Peer } from './peer.ts';

/** With the settings of its page on performance: a local queue, and jobs completed in batches. */
export function graphileWorker(): Peer {
  return {
    async add(sql, jobs) {
      await sql.query(
        `select graphile_worker.add_jobs(array(
           select row(identifier, payload, null, now() + make_interval(secs => delay_ms / 1000), null, null, null, null)
             ::graphile_worker.job_spec
           from unnest($1::text[], $2::json[], $3::float8[]) as j (identifier, payload, delay_ms)))`,
        [
          jobs.map(({ name }) => name),
          jobs.map(({ payload }) => JSON.stringify(payload)),
          jobs.map(({ delayMs }) => delayMs),
        ],
      );
    },
    async work(handlers) {
      const tasks = Object.entries(handlers).map(([name, handle]): [string, Task] => [
        name,
        async (payload) => handle([payload as Record<string, unknown>]),
      ]);
      await run({
        taskList: Object.fromEntries(tasks),
        preset: {
          worker: {
            connectionString: needed('DATABASE_URL'),
            concurrentJobs: 24,
            maxPoolSize: 25,
            localQueue: { size: 500 },
            completeJobBatchDelay: 0,
            failJobBatchDelay: 0,
          },
        },
      });
    },
  };
}
