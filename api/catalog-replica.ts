import { connect, type Database, isConnectionError, type Reads } from '../db/connect.ts';
import type { Log } from '../log.ts';

/** Where the public catalog is read. */
export interface Catalog extends Reads {
  /** Asks the replica for a sign of life; absent where there is none. */
  ask?(): Promise<unknown>;
}

/** On a replica of Postgres, or on the main database while that does not answer. */
export interface CatalogReplica extends Catalog {
  ask(): Promise<unknown>;
  close(): Promise<void>;
}

// Without the replica all readers of this process share so few connections: whoever writes keeps the others.
const SPARE = 2;
// A replica that is away is asked so often whether it is back; no reader waits for that.
const ASK_AGAIN_MS = 3_000;

/**
 * Reads that may be a moment old, and decide nothing. What the replica cannot answer (it is away, it ends a statement
 * that is in the way of its replaying, it has not got a migration yet) is read on the main database.
 * @param at.pool most connections to the replica
 */
export function catalogReplica(
  at: { replicaUrl: string; mainUrl: string; pool: number },
  log: Log,
): CatalogReplica {
  const replica = connect(at.replicaUrl, at.pool);
  const main = connect(at.mainUrl, SPARE);
  let askAgain: NodeJS.Timeout | undefined;

  async function read<T>(work: (from: Database) => Promise<T>): Promise<T> {
    if (askAgain) return work(main);
    try {
      return await work(replica);
    } catch (error) {
      if (isConnectionError(error)) leave(error as Error);
      return work(main);
    }
  }

  function leave({ message: error }: Error): void {
    if (askAgain) return;
    log.warn({ error }, 'catalog replica away: the main database is read');
    askAgain = setInterval(() => ask().then(comeBack, () => undefined), ASK_AGAIN_MS).unref();
  }

  function comeBack(): void {
    if (!askAgain) return;
    clearInterval(askAgain);
    askAgain = undefined;
    log.info('catalog replica is read again');
  }

  const ask = () => replica.query('select');

  return {
    query: (text, values) => read((from) => from.query(text, values)),
    reading: (work) => read((from) => from.reading(work)),
    ask,
    async close() {
      clearInterval(askAgain);
      await Promise.all([replica.close(), main.close()]);
    },
  };
}
