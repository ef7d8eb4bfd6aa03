import type { Socket } from 'node:net';
import pg from 'pg';

/**
 * How the server looks after every session. A handler that froze or lost its way must let go well before its job's
 * lock ends (JOB_LOCK, 15 s), so that whoever gets the job next does not wait for it. And nothing that a session
 * holds may outlive the wire to it: of a process behind a half-open connection the server would hear nothing, and
 * keep its advisory lock, for two hours.
 */
const SESSION = {
  lock_timeout: '2s',
  statement_timeout: '5s',
  idle_in_transaction_session_timeout: '5s',
  // Twice as long as a pool keeps a connection that nobody uses.
  idle_session_timeout: '20s',
  // What is read is mostly in memory or on an SSD, and every statement is short: at the usual cost of a page, 4, a
  // walk along an index that ends after some dozen partners looks dearer than to read and sort the whole table; and
  // to compile a plan for that reason costs more time than it could save.
  random_page_cost: '1.1',
  jit: 'off',
};

/** A half-open socket answers nothing for ever: a query is given up a little after the server would have, ms. */
export const SILENCE_MS = 7_000;

export interface PoolOptions {
  /** `application_name`, as `pg_stat_activity` shows it. */
  name: string;
  /** Most connections. */
  max: number;
  /** The server's settings for its sessions, where they are others than usual. */
  session?: Record<string, string>;
  types?: pg.CustomTypesConfig;
}

/** What every connection has in common. Settings travel with the connection: no query per transaction. */
export function connectionConfig(url: string, name: string, session = {}): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: name,
    options: Object.entries({ ...SESSION, ...session })
      .map(([setting, value]) => `-c ${setting}=${value}`)
      .join(' '),
    connectionTimeoutMillis: 5_000,
    query_timeout: SILENCE_MS,
    keepAlive: true,
  };
}

/** A pool whose idle connections are all made anew when one of its connections has fallen silent. */
export function openPool(url: string, { name, max, session, types }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({ ...connectionConfig(url, name, session), max, ...(types && { types }) });
  // An idle connection that the server closes is not an error of anybody's: the pool opens another.
  pool.on('error', () => undefined);
  // Nor is one that breaks while somebody holds it: whoever asks on it is told. BullMQ holds some without listening
  // for errors, and an error that nobody listens for ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  // Those that lie beside a half-open connection are most likely no better, and each would cost its next user the
  // same wait.
  const idle = new Set<pg.PoolClient>();
  pool.on('acquire', (client) => idle.delete(client));
  pool.on('remove', (client) => idle.delete(client));
  pool.on('release', (error, client) => {
    if (!error) idle.add(client);
    else if (error.message === 'Query read timeout') for (const other of idle) hangUp(other);
  });
  return pool;
}

/** Ends a connection without a word to the server, which would not hear it. */
export function hangUp(client: pg.ClientBase): void {
  (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
}
