import type { Config } from '../config.ts';
import { connect } from '../db/connect.ts';
import { openQueues } from '../jobs/queues.ts';
import { JOBS } from '../jobs/registry.ts';
import type { Log } from '../log.ts';
import type { Handler } from './handler.ts';
import { HANDLERS } from './handlers.ts';
import { captureMail, smtpMailer } from './mail/mailer.ts';
import { type Runtime, startRuntime } from './runtime.ts';
import { startSweeper } from './sweeper.ts';

export interface Workers {
  /** Milliseconds since the quietest worker looked for work. */
  silentMs: Runtime['silentMs'];
  /** Finishes what is under way, then lets go of queues and database. */
  stop(): Promise<void>;
}

/** Starts all workers and the sweeper of one process. */
export function startWorkers(
  config: Config,
  databaseUrl: string,
  log: Log,
  handlers: Handler[] = HANDLERS,
): Workers {
  const db = connect(databaseUrl, config.databasePool);
  const queues = openQueues({ databaseUrl, redisUrl: config.redisUrl }, log);
  const mailer = config.smtpUrl
    ? smtpMailer(config.smtpUrl, config.mailFrom, config.smtpConnections)
    : captureMail(config.workerConcurrency);
  const deps = { db, log, mailer, settings: config };
  const { workerConcurrency: concurrency, jobLockMs } = config;
  const runtime = startRuntime(deps, { queues, handlers, concurrency, jobLockMs });
  const sweeper = startSweeper({ db, queues, log, jobs: JOBS, intervalMs: config.sweepIntervalMs });
  return {
    silentMs: runtime.silentMs,
    async stop() {
      await Promise.all([runtime.stop(), sweeper.stop()]);
      await queues.close();
      mailer.close();
      await db.close();
    },
  };
}
