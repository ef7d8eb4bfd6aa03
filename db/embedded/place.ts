import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { type Account, accountForNewCluster, accountOfOwner, isRoot } from './account.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { freshName } from './fresh-folder.ts';
import { absent, homeIn } from './layout.ts';
import { canOwn, canWrite } from './reach.ts';
import { sharedFolder } from './shared-folder.ts';

/** Where an embedded PostgreSQL lives (the home may not exist yet), and who runs it (undefined: this user). */
export interface Place {
  home: string;
  account: Account | undefined;
}

/** In DATA_DIR, the absolute path of a home elsewhere. Deleting DATA_DIR forgets it: a fresh database follows. */
const locationFile = (dataDir: string) => join(dataDir, 'postgres.location');

/**
 * The place of the cluster of this DATA_DIR, which is created when missing. It is DATA_DIR/postgres, except for
 * root with a DATA_DIR that the server's user cannot reach: then a folder such as /var/lib/terna/<random id>,
 * whose path DATA_DIR remembers.
 */
export async function choosePlace(dataDir: string): Promise<Place> {
  await mkdir(dataDir, { recursive: true });
  const home = await knownHome(dataDir);
  const owner = await stat(home).catch(absent);
  if (owner) return { home, account: await accountFor(home, owner) };
  const account = await accountForNewCluster();
  if (account && !(await canOwn(dataDir, account)))
    return { home: await homeElsewhere(dataDir, account), account };
  await rm(locationFile(dataDir), { force: true });
  return { home: homeIn(dataDir), account };
}

/** The home that DATA_DIR names, or DATA_DIR/postgres; neither need exist. */
export async function knownHome(dataDir: string): Promise<string> {
  const location = (await readFile(locationFile(dataDir), 'utf8').catch(absent))?.trim();
  return location && isAbsolute(location) ? location : homeIn(dataDir);
}

async function accountFor(home: string, owner: { uid: number; gid: number }): Promise<Account | undefined> {
  if (isRoot() && owner.uid === 0)
    throw new EmbeddedPostgresError(
      `The database in ${home} belongs to root, and PostgreSQL refuses to run as root: give it to the user that ran it (chown -R postgres ${home}), or delete it for an empty database.`,
    );
  if (isRoot()) return reachable(home, await accountOfOwner(owner));
  if (process.getuid === undefined || process.getuid() === owner.uid) return undefined;
  throw new EmbeddedPostgresError(
    `The database in ${home} belongs to ${(await accountOfOwner(owner)).name}: start as that user or as root, set DATA_DIR to another folder, or delete it for an empty database.`,
  );
}

function reachable(home: string, account: Account): Account {
  if (canWrite(home, account)) return account;
  throw new EmbeddedPostgresError(
    `The database in ${home} belongs to ${account.name}, who cannot reach that folder any more: let that user enter the folders above it (chmod o+x), move DATA_DIR, or delete ${home} for an empty database.`,
  );
}

/** Two processes at once agree: `link` lets only the first one write the location, and both read it back. */
async function homeElsewhere(dataDir: string, account: Account): Promise<string> {
  const shared = await sharedFolder(account);
  const file = locationFile(dataDir);
  const known = (await readFile(file, 'utf8').catch(absent))?.trim();
  if (known?.startsWith(`${shared}/`)) return known;
  if (known !== undefined) await rm(file);
  const draft = freshName(file);
  await writeFile(draft, `${join(shared, randomUUID())}\n`, { mode: 0o644, flush: true });
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft, { force: true });
  return knownHome(dataDir);
}
