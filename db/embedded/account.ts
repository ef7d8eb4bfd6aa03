import { readFile } from 'node:fs/promises';
import { EmbeddedPostgresError } from './errors.ts';
import { OTHER_SERVER } from './explain.ts';
import { absent } from './layout.ts';

/** The user that initdb and postgres run as, when that is not the user of this process. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** In order of preference; PostgreSQL refuses to run as root. */
const NAMES = ['postgres', 'nobody'];

export const isRoot = () => process.getuid?.() === 0;

/**
 * The account for a new cluster: undefined (this user) unless we are root, then `postgres` or `nobody` from
 * /etc/passwd. It must be in there because initdb looks its own name up.
 */
export async function accountForNewCluster(): Promise<Account | undefined> {
  if (!isRoot()) return undefined;
  const accounts = await listAccounts();
  for (const name of NAMES) {
    const account = accounts.find((each) => each.name === name);
    if (account && account.uid !== 0) return account;
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root, and /etc/passwd has neither a user postgres nor nobody to run it as: start as an ordinary user, or ${OTHER_SERVER}.`,
  );
}

/** The account that owns an existing cluster: root takes over the server of any user, as that user. */
export async function accountOfOwner(owner: { uid: number; gid: number }): Promise<Account> {
  const known = (await listAccounts()).find((each) => each.uid === owner.uid);
  return { name: known?.name ?? `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
}

async function listAccounts(): Promise<Account[]> {
  const text = (await readFile('/etc/passwd', 'utf8').catch(absent)) ?? '';
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (!name || !uid || !gid || name.startsWith('#')) return [];
    // macOS writes nobody as -2, stat and chown say 4294967294.
    return [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }];
  });
}
