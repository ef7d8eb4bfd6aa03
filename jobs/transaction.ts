import { uuidv7 } from 'uuidv7';
import type { Database, Sql, TransactionOptions } from '../db/connect.ts';
import { insertOutbox } from '../db/outbox.ts';
import type { Outstanding } from '../db/outbox-sweep.ts';
import type { Commit } from '../db/points.ts';
import type { Job } from './contract.ts';
import type { Queues } from './queues.ts';

/** A transaction that can promise jobs. */
export interface Tx extends Sql {
  /**
   * Promises a job: a row in the outbox, in this transaction. It happens if and only if this commits.
   * @param options.delayMs not before this long after the commit, in ms; fractions are rounded up
   */
  enqueue<Payload>(job: Job<Payload>, payload: Payload, options?: { delayMs?: number }): void;
}

/**
 * Runs `work` in one transaction and puts what it promised into the queues after the commit. A crash in
 * between, or a queue that is away, loses nothing: the sweeper finds the rows.
 * @param point the commit's name (db/points.ts)
 */
export async function transaction<T>(
  deps: { db: Database; queues: Pick<Queues, 'dispatch'> },
  point: Commit,
  work: (tx: Tx) => Promise<T>,
  options?: TransactionOptions,
): Promise<T> {
  const promised: Outstanding[] = [];
  const inTransaction = async (sql: Sql) => {
    const value = await work({
      query: sql.query,
      enqueue: (job, payload, options) => {
        promised.push({ id: uuidv7(), job: job.name, payload, delayMs: Math.ceil(options?.delayMs ?? 0) });
      },
    });
    if (promised.length > 0) await insertOutbox(sql, promised);
    return value;
  };
  const result = await deps.db.transaction(point, inTransaction, options);
  deps.queues.dispatch(promised);
  return result;
}
