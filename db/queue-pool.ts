import pg from 'pg';

/**
 * The pool that BullMQ's Postgres back end works on, apart from the one for the truth: a busy queue
 * must not take the connections that transactions wait for. Queue rows are hints, so their commits need
 * not wait for the disk: what a crash of Postgres takes away, the sweeper finds in the outbox.
 * @param max connections: one to listen for every worker, and a few for the rest
 */
export function connectQueuePool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    options: '-c search_path=bullmq -c synchronous_commit=off -c statement_timeout=10s -c lock_timeout=5s',
    connectionTimeoutMillis: 5_000,
    query_timeout: 12_000,
    keepAlive: true,
    application_name: 'terna-queue',
  });
  pool.on('error', () => undefined);
  // Every queue and worker of the process listens for errors on it.
  pool.setMaxListeners(0);
  return pool;
}
