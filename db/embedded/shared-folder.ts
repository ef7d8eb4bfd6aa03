import { chmod, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { OTHER_SERVER } from './explain.ts';
import { canOwn } from './reach.ts';

/** Where root keeps what the server's user cannot reach elsewhere: binaries, and clusters of private folders. */
const candidates = () => ['/var/lib/terna', join(tmpdir(), 'terna')];

/** The first candidate that root owns and the account can use; made when missing. Only for root. */
export async function sharedFolder(account: Account): Promise<string> {
  for (const folder of candidates()) {
    if ((await isOurs(folder)) && (await canOwn(folder, account))) return folder;
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root, and none of ${candidates().join(', ')} can be used to run it as ${account.name}: start as an ordinary user, or ${OTHER_SERVER}.`,
  );
}

/** A folder of another user, or one that others can write, could hold planted binaries: not ours. */
async function isOurs(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    const found = await lstat(folder);
    if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) return false;
    await chmod(folder, 0o755);
    return true;
  } catch {
    return false;
  }
}
