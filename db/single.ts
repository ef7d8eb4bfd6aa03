import pg from 'pg';

// "start" read as base 36: a number of its own among the advisory locks.
const ADVISORY_LOCK = Number.parseInt('start', 36);

/**
 * Says whether this process is the only `npm start` on the database, and keeps it so until `release`.
 * The lock is the session's: it goes with the process, also when that is killed.
 */
export async function holdSingle(url: string): Promise<{ release(): Promise<void> } | undefined> {
  const client = new pg.Client({ connectionString: url, application_name: 'terna-start', keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query('select pg_try_advisory_lock($1) as held', [ADVISORY_LOCK]);
  if (rows[0]?.held) return { release: () => client.end() };
  await client.end();
  return undefined;
}
