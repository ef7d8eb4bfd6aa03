import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { databaseUrl, lookUpDatabase } from './connect.ts';
import { explainFileError } from './explain.ts';
import { absent, layout, readPassword } from './layout.ts';
import { knownHome } from './place.ts';
import { runningPostmaster } from './postmaster.ts';

/**
 * The url of the embedded PostgreSQL that runs now for this DATA_DIR, or undefined when none does or it is not
 * ready. Starts and writes nothing, so that the CLI can use it.
 *
 * @throws EmbeddedPostgresError when the folder belongs to another user
 */
export async function findEmbeddedPostgres(dataDir: string): Promise<string | undefined> {
  try {
    return await find(resolve(dataDir));
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
}

async function find(dataDir: string): Promise<string | undefined> {
  const home = await knownHome(dataDir);
  const cluster = await realpath(layout(home).cluster).catch(absent);
  if (!cluster) return undefined;
  const postmaster = await runningPostmaster(cluster);
  if (!postmaster?.ready) return undefined;
  const access = { cluster, password: await readPassword(home), port: postmaster.port };
  return (await lookUpDatabase(access)) === 'there' ? databaseUrl(access) : undefined;
}
