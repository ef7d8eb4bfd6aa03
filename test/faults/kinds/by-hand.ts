import type { Queue } from 'bullmq';
import { openQueues } from '../../../jobs/queues.ts';
import { JOBS } from '../../../jobs/registry.ts';
import { silentLog } from '../../helpers/deps.ts';
import { until } from '../../helpers/until.ts';
import type { System } from '../system.ts';
import type { Kind } from './kind.ts';

/** The queues as the dashboard has them, past the proxies. */
async function onTheBoard<T>({ postgres, redis }: System, work: (board: Queue[]) => Promise<T>): Promise<T> {
  const queues = openQueues({ databaseUrl: postgres.url(), redisUrl: redis?.url }, silentLog, JOBS);
  try {
    // A connection that is being made is not one yet.
    await until(() => queues.backend.available(), { within: 1_000 });
    return await work(queues.board());
  } finally {
    await queues.close();
  }
}

type State = 'waiting' | 'delayed' | 'failed' | 'completed' | 'active';

const byHand = (
  name: string,
  states: State[],
  deed: (job: Awaited<ReturnType<Queue['getJobs']>>[number]) => Promise<unknown>,
): Kind => ({
  name,
  happen: (system) =>
    onTheBoard(system, async (board) => {
      let done = 0;
      for (const queue of board) {
        for (const job of await queue.getJobs(states, 0, 4)) {
          // Whatever the board refuses (a job moved on meanwhile) has not happened.
          await deed(job).then(
            () => {
              done += 1;
            },
            () => undefined,
          );
        }
      }
      return done > 0 ? 1 : 0;
    }),
});

export const BY_HAND: Kind[] = [
  byHand('jobs promoted by hand', ['delayed'], (job) => job.promote()),
  byHand('jobs retried by hand', ['failed', 'completed'], (job) =>
    job.retry(job.finishedOn && !job.failedReason ? 'completed' : 'failed'),
  ),
  byHand('jobs removed by hand', ['waiting', 'delayed', 'failed', 'completed'], (job) => job.remove()),
];
