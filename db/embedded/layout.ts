import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './errors.ts';

/** The major version of the packaged binaries; the files of another major version cannot be opened. */
const MAJOR = '18';

/**
 * What lies in the home of an embedded PostgreSQL (mode 0700, owned by the user that the server runs as).
 * The home is created whole and renamed into place, so its files are all there or none is.
 */
export const layout = (home: string) => ({
  home,
  cluster: join(home, 'cluster'),
  password: join(home, 'password'),
  log: join(home, 'server.log'),
});

/** The home of a server that needs no other place, see `place.ts`. */
export const homeIn = (dataDir: string) => join(dataDir, 'postgres');

/** The password of the user `terna`, or an error with a way out when its file is gone. */
export async function readPassword(home: string): Promise<string> {
  const file = layout(home).password;
  const text = await readFile(file, 'utf8').catch(absent);
  if (text !== undefined && text.trim() !== '') return text.trim();
  throw new EmbeddedPostgresError(
    `The embedded database's password file ${file} is missing: restore it from a backup, or delete ${home} for an empty database.`,
  );
}

/** Refuses the data of another major version, and a folder that holds no PostgreSQL data. */
export async function checkVersion(home: string): Promise<void> {
  const { cluster } = layout(home);
  const found = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(absent))?.trim();
  if (found === MAJOR) return;
  throw new EmbeddedPostgresError(
    found === undefined
      ? `${cluster} holds no PostgreSQL data (PG_VERSION is missing): restore it from a backup, or delete ${home} for an empty database.`
      : `The data in ${cluster} was written by PostgreSQL ${found} and this program brings PostgreSQL ${MAJOR}: to keep it, dump it with the program version that wrote it (pg_dump) and load the dump here, or set DATABASE_URL to a PostgreSQL ${found} server that runs it; to start with an empty database, delete ${home}.`,
  );
}

/** Passed to `catch`: undefined for a path that does not exist, every other error goes on. */
export function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}
