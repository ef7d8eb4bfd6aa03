import { chown, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { isRoot } from './account.ts';
import { freshName, isAlive } from './fresh-folder.ts';
import { absent } from './layout.ts';
import { lockFile } from './postmaster.ts';

/** PostgreSQL writes its lock file within some ms of making it: an older empty one was left by a crash. */
const EMPTY_FOR_MS = 5_000;

/**
 * Lets the next server pass a postmaster.pid that a killed one left. PostgreSQL removes it itself when that pid
 * is free, but refuses to start when another program of the same user has got the pid since. Call it only when
 * `runningPostmaster` found none.
 *
 * The pid is replaced by ours, which PostgreSQL takes for stale because it is its parent's. The file is not
 * deleted: its shared memory key keeps a new server away from the last backends of the old one.
 */
export async function passStaleLock(cluster: string): Promise<void> {
  const file = lockFile(cluster);
  const owner = await stat(file).catch(absent);
  const text = await readFile(file, 'utf8').catch(absent);
  if (!owner || text === undefined) return;
  if (text.trim() === '') {
    if (Date.now() - owner.mtimeMs > EMPTY_FOR_MS) await rm(file, { force: true });
    return;
  }
  const [pid, ...rest] = text.split('\n');
  if (!isAlive(Number(pid))) return;
  const draft = freshName(file);
  await writeFile(draft, [process.pid, ...rest].join('\n'), { mode: 0o600, flag: 'wx' });
  if (isRoot()) await chown(draft, owner.uid, owner.gid);
  // Another process may have started a server just now: then its file is not the one judged above.
  if ((await readFile(file, 'utf8').catch(absent)) === text) await rename(draft, file);
  else await rm(draft, { force: true });
}
