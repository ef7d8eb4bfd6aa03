import { realpath } from 'node:fs/promises';
import pg from 'pg';
import { EmbeddedPostgresError } from './errors.ts';

/** Above this a server on the same machine does not answer, ms. */
const CONNECT_TIMEOUT_MS = 5_000;

const NO_SUCH_DATABASE = '3D000';
const WRONG_PASSWORD = '28P01';
/** Two processes created it at once: the loser sees one of these. */
const ALREADY_THERE = ['42P04', '23505'];

export interface Access {
  /** The data folder, an absolute path without symlinks. */
  cluster: string;
  port: number;
  password: string;
}

export const databaseUrl = ({ port, password }: Access, database = 'terna') =>
  `postgres://terna:${password}@127.0.0.1:${port}/${database}`;

/**
 * Whether our server answers with the database terna: 'there', 'missing', or 'silent' while it starts, stops or
 * has no connection left. Throws when a server answers that is not ours.
 */
export async function lookUpDatabase(access: Access): Promise<'there' | 'missing' | 'silent'> {
  try {
    const rows = await query(access, 'terna', 'show data_directory');
    const served = rows[0]?.data_directory ?? '';
    if ((await realpath(served).catch(() => served)) !== access.cluster)
      throw notOurs(access, `serves ${served}`);
    return 'there';
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    const { code } = error as { code?: string };
    if (code === NO_SUCH_DATABASE) return 'missing';
    if (code === WRONG_PASSWORD) throw notOurs(access, 'refuses the password that is kept with the data');
    return 'silent';
  }
}

/** Creates the database terna. True when this call made it: of several processes at once, one gets true. */
export async function createDatabase(access: Access): Promise<boolean> {
  try {
    await query(access, 'postgres', 'create database terna');
    return true;
  } catch (error) {
    if (ALREADY_THERE.includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  }
}

/** Every option that pg would otherwise take from a PG* variable is given. */
async function query(access: Access, database: string, sql: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({
    connectionString: databaseUrl(access, database),
    ssl: false,
    options: '-c client_min_messages=warning',
    client_encoding: 'UTF8',
    application_name: 'terna-start',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
  });
  // A server that stops while we are idle must not end this process.
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

function notOurs({ port, cluster }: Access, why: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The database server on 127.0.0.1:${port}, which should be that of ${cluster}, ${why}: stop that server (kill -INT with the pid in its postmaster.pid) and start again, or restore the password file beside the folder.`,
  );
}
