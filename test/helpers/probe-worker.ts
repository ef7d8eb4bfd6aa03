/** A worker process that does probes: `startWorkers` with another job, for tests that kill it. */
import { readConfig } from '../../config.ts';
import { connect } from '../../db/connect.ts';
import { openQueues } from '../../jobs/queues.ts';
import { createLog } from '../../log.ts';
import { captureMail } from '../../workers/mail/mailer.ts';
import { startRuntime } from '../../workers/runtime.ts';
import { startSweeper } from '../../workers/sweeper.ts';
import { probe, probeHandler } from './probe.ts';

const config = readConfig(process.env);
const databaseUrl = config.databaseUrl ?? '';
const log = createLog('info');
const db = connect(databaseUrl, 5);
const queues = openQueues({ databaseUrl, redisUrl: config.redisUrl }, log, [probe]);
const runtime = startRuntime(
  { db, log, mailer: captureMail(1), settings: config },
  {
    queues,
    handlers: [probeHandler],
    concurrency: config.workerConcurrency,
    jobLockMs: config.jobLockMs,
  },
);
const sweeper = startSweeper({ db, queues, log, jobs: [probe], intervalMs: config.sweepIntervalMs });
log.info('probe worker ready');

process.once('SIGTERM', async () => {
  await Promise.all([runtime.stop(), sweeper.stop()]);
  await queues.close();
  await db.close();
  log.info('probe worker stopped');
});
