import { onTestFinished } from 'vitest';
import { readConfig } from '../../config.ts';
import type { Database } from '../../db/connect.ts';
import type { Job } from '../../jobs/contract.ts';
import { openQueues, type Queues } from '../../jobs/queues.ts';
import { createLog } from '../../log.ts';
import type { WorkerDeps } from '../../workers/handler.ts';
import { captureMail } from '../../workers/mail/mailer.ts';
import { keptLog } from './kept-logs.ts';
import { until } from './until.ts';

const kept = keptLog();

/** Says nothing on the screen. A run writes down all of it, to look through it at its end. */
export const silentLog = kept === undefined ? createLog('silent') : createLog('trace', kept);

/** What handlers need, on a real database; nothing is dispatched: the test delivers by hand. */
export function workerDeps(
  db: Database,
  overrides: Partial<WorkerDeps> = {},
  env: NodeJS.ProcessEnv = {},
): WorkerDeps {
  return {
    db,
    queues: { dispatch: () => undefined },
    log: silentLog,
    mailer: captureMail(10),
    settings: readConfig(env),
    ...overrides,
  };
}

/** Real queues for a test, closed when it is over. */
export function testQueues(databaseUrl: string, redisUrl: string | undefined, jobs?: Job[]): Queues {
  const queues = openQueues({ databaseUrl, redisUrl }, silentLog, jobs);
  onTestFinished(() => queues.close());
  return queues;
}

/** The same, in reach: what is promised sooner waits for a sweeper, and not every test has one. */
export async function queuesInReach(...at: Parameters<typeof testQueues>): Promise<Queues> {
  const queues = testQueues(...at);
  await until(() => queues.backend.available(), { what: 'queues in reach' });
  return queues;
}
