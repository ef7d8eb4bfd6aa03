import { onTestFinished } from 'vitest';
import { readConfig } from '../../config.ts';
import type { Database } from '../../db/connect.ts';
import { openQueues, type Queues } from '../../jobs/queues.ts';
import { createLog } from '../../log.ts';
import type { WorkerDeps } from '../../workers/handler.ts';
import { captureMail } from '../../workers/mail/mailer.ts';

export const silentLog = createLog('silent');

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
export function testQueues(databaseUrl: string, redisUrl: string | undefined, listeners = 0): Queues {
  const queues = openQueues({ databaseUrl, redisUrl }, silentLog, listeners);
  onTestFinished(() => queues.close());
  return queues;
}
