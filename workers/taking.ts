import { isConnectionError, isContention, type TransactionOptions } from '../db/connect.ts';
import { deleteOutbox, recordFailure, takeOutbox, waitingTimes } from '../db/outbox.ts';
import type { Job } from '../jobs/contract.ts';
import { type Tx, transaction } from '../jobs/transaction.ts';
import { backoff } from './backoff.ts';
import type { Taken, WorkerDeps } from './handler.ts';
import { done, notNow, type Outcome, PermanentError, withoutAddresses } from './outcome.ts';

/**
 * What a batch says of single jobs in it: `kept` rows stay (leased), `alone` ones stay and are tried
 * by themselves right after. All others are done, and their rows go with the transaction's effects.
 */
export type Verdicts = Map<string, 'kept' | 'alone'>;

export type Work<Payload> = (tx: Tx, jobs: Taken<Payload>[]) => Promise<Verdicts | undefined>;

/**
 * The core of the runtime: takes the rows of a batch and does the work in one transaction, so that
 * effects, further promises and the rows' end happen together or not at all.
 *
 * A batch that fails on its data is halved until what fails stands alone; on a lost connection nothing
 * is tried again here, so that a dying database is left in peace, and neither when a lock was not to be had.
 */
export async function takeAndDo<Payload>(
  deps: WorkerDeps,
  job: Job<Payload>,
  ids: string[],
  work: Work<Payload>,
  options?: TransactionOptions,
): Promise<Map<string, Outcome | 'kept'>> {
  let outcomes: Map<string, Outcome | 'kept' | 'alone'>;
  try {
    outcomes = await attempt(deps, job, ids, work, options);
  } catch (error) {
    if (isConnectionError(error)) return all(ids, () => notNow(1_000, 'database away'));
    // Halving would wait for the same lock again and again, each time as long as lock_timeout.
    if (isContention(error)) return all(ids, () => notNow(500, 'locks held elsewhere'));
    const [first] = ids;
    if (first !== undefined && ids.length === 1)
      return new Map([[first, await failure(deps, job, first, error)]]);
    const half = Math.ceil(ids.length / 2);
    const left = await takeAndDo(deps, job, ids.slice(0, half), work, options);
    const right = await takeAndDo(deps, job, ids.slice(half), work, options);
    return new Map([...left, ...right]);
  }
  const settled = new Map<string, Outcome | 'kept'>();
  for (const [id, outcome] of outcomes) {
    if (outcome !== 'alone') settled.set(id, outcome);
    else if (ids.length === 1) settled.set(id, notNow(200, 'others were faster'));
    else
      for (const [same, again] of await takeAndDo(deps, job, [id], work, options)) settled.set(same, again);
  }
  return settled;
}

function all(ids: string[], outcome: () => Outcome): Map<string, Outcome> {
  return new Map(ids.map((id) => [id, outcome()]));
}

/** One transaction for one batch. Payloads that do not fit their contract are left to be tried alone. */
async function attempt<Payload>(
  deps: WorkerDeps,
  job: Job<Payload>,
  ids: string[],
  work: Work<Payload>,
  options?: TransactionOptions,
): Promise<Map<string, Outcome | 'kept' | 'alone'>> {
  const outcomes = new Map<string, Outcome | 'kept' | 'alone'>();
  const inTransaction = async (tx: Tx) => {
    const rows = await takeOutbox(tx, ids);
    const jobs: Taken<Payload>[] = [];
    for (const { id, payload, attempts } of rows) {
      const parsed = job.payload.safeParse(payload);
      if (parsed.success) jobs.push({ id, payload: parsed.data, attempts });
      else if (ids.length > 1) outcomes.set(id, 'alone');
      else throw new PermanentError(`payload does not fit ${job.name}: ${parsed.error.message}`);
    }
    if (jobs.length === 0) return;
    const verdicts = await work(tx, jobs);
    const gone = jobs.filter((taken) => !verdicts?.has(taken.id));
    for (const taken of jobs) outcomes.set(taken.id, verdicts?.get(taken.id) ?? done);
    if (gone.length > 0)
      await deleteOutbox(
        tx,
        gone.map((taken) => taken.id),
      );
  };
  await transaction(deps, `job ${job.name}`, inTransaction, options);
  const untaken = ids.filter((id) => !outcomes.has(id));
  for (const [id, outcome] of await whyUntaken(deps, untaken)) outcomes.set(id, outcome);
  return outcomes;
}

/** Rows that were not there are done already; the others are somebody's, or their time has not come. */
export async function whyUntaken(deps: WorkerDeps, ids: string[]): Promise<Map<string, Outcome>> {
  if (ids.length === 0) return new Map();
  const waits = await waitingTimes(deps.db, ids);
  return new Map(
    ids.map((id) => {
      const ms = waits.get(id);
      if (ms === undefined) return [id, done];
      return [id, ms === 0 ? notNow(1_000, 'in work elsewhere') : { kind: 'not-now', ms, why: 'not due' }];
    }),
  );
}

/** Counts a failed attempt in Postgres and says whether there is another one. */
export async function failure(deps: WorkerDeps, job: Job, id: string, thrown: unknown): Promise<Outcome> {
  const error = withoutAddresses(thrown);
  try {
    const [attempts] = await deps.db.query<{ attempts: number }>(
      'select attempts from outbox where id = $1',
      [id],
    );
    if (!attempts) return done;
    const ms = backoff(job.backoffMs, attempts.attempts + 1);
    const final = error instanceof PermanentError;
    const row = await recordFailure(deps.db.writing('failure record'), {
      id,
      error: error.message,
      delayMs: ms,
      attempts: job.attempts,
      final,
    });
    if (!row) return done;
    return row.failed ? { kind: 'failed', error } : { kind: 'retry', ms, error };
  } catch (recording) {
    if (isConnectionError(recording) || isContention(recording))
      return notNow(1_000, 'failure not recorded yet');
    throw recording;
  }
}
