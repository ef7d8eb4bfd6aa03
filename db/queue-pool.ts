import pg from 'pg';
import { openPool } from './pool.ts';

/**
 * The pool that BullMQ's Postgres back end works on, apart from the one for the truth: a busy queue
 * must not take the connections that transactions wait for. Queue rows are hints, so their commits need
 * not wait for the disk: what a crash of Postgres takes away, the sweeper finds in the outbox.
 * @param max most connections
 */
export function connectQueuePool(url: string, max: number): pg.Pool {
  const pool = openPool(url, {
    name: 'terna-queue',
    max,
    session: { search_path: 'bullmq', synchronous_commit: 'off', lock_timeout: '5s' },
  });
  // Every queue and worker of the process listens for errors on it.
  pool.setMaxListeners(0);
  return pool;
}

/** One connection to BullMQ's tables without any limit of time, for migrations. */
export async function withQueueClient(
  url: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=bullmq' });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
