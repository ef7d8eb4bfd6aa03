import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A name beside `path` that says which process is filling it. */
export const freshName = (path: string) => `${path}.new-${process.pid}-${randomBytes(4).toString('hex')}`;

/**
 * Creates the folder `path` (mode 0700 while it is filled) in one step: fills a sibling, then renames it. A
 * process that is killed meanwhile leaves only the sibling, which the next call removes. When two processes do
 * it at once the first one wins and the other's work is dropped. Does nothing when `path` exists.
 */
export async function createFolder(path: string, fill: (fresh: string) => Promise<void>): Promise<void> {
  await removeLeftovers(path);
  const fresh = freshName(path);
  await mkdir(fresh, { mode: 0o700 });
  try {
    await fill(fresh);
    await rename(fresh, path);
  } catch (error) {
    await remove(fresh);
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const lost = ['ENOTEMPTY', 'EEXIST'].includes(code) && (await readdir(path)).length > 0;
    if (!lost) throw error;
  }
}

/** Removes the siblings of processes that have ended. */
async function removeLeftovers(path: string): Promise<void> {
  const prefix = `${basename(path)}.new-`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (!isAlive(pid)) await remove(join(dirname(path), name));
  }
}

/** Retries for some 0.5 s: an orphaned initdb may still be writing into the folder. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 10 });
}

/** Whether a process with this id exists, of whichever user (a zombie counts). */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
