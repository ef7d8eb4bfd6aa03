import type { Config } from '../config.ts';
import type { Database } from '../db/connect.ts';
import type { Job } from '../jobs/contract.ts';
import type { Queues } from '../jobs/queues.ts';
import type { Log } from '../log.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Outcome } from './outcome.ts';

/** All that handlers work with. */
export interface WorkerDeps {
  db: Database;
  queues: Pick<Queues, 'dispatch'>;
  log: Log;
  mailer: Mailer;
  settings: Pick<
    Config,
    | 'answerWindowMs'
    | 'feedbackWindowMs'
    | 'leadExpiryMs'
    | 'retentionRequestsMs'
    | 'retentionMailsMs'
    | 'retentionCapturedMs'
    | 'retentionAuditMs'
    | 'matchingPolicy'
    | 'leadsPipelineName'
    | 'publicUrl'
    | 'mailLeaseMs'
  >;
}

/** A job of which this transaction holds the row. */
export interface Taken<Payload> {
  id: string;
  payload: Payload;
  /** Attempts that failed before this one. */
  attempts: number;
}

/** How one job is done: its contract, and a way to run deliveries of it, many at once. */
export interface Handler {
  job: Job;
  /**
   * Runs the jobs with these ids, each at most once in effect, and says what became of each, in order.
   * A job that goes on outside the batch's transaction is answered with a promise.
   */
  run(deps: WorkerDeps, ids: string[]): Promise<(Outcome | Promise<Outcome>)[]>;
  /** Deliveries of one process that may be under way at once; undefined: WORKER_CONCURRENCY. */
  concurrency?: (deps: WorkerDeps) => number;
}
