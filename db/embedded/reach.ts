import { chown, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { whyNot } from './command.ts';
import { freshName } from './fresh-folder.ts';

/** Whether the account can enter this folder and write in it, asked by a process of that account. */
export function canWrite(folder: string, account: Account): boolean {
  return whyNot('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', folder], account) === undefined;
}

/**
 * Whether the account can own a private folder below `parent`, found out by making one: a private parent, a
 * network disk that maps root away and a disk without owners (Windows files seen from WSL) all say no.
 */
export async function canOwn(parent: string, account: Account): Promise<boolean> {
  const trial = freshName(join(parent, 'postgres'));
  await mkdir(trial, { mode: 0o700 });
  try {
    await chown(trial, account.uid, account.gid);
    const { uid, mode } = await stat(trial);
    return uid === account.uid && (mode & 0o777) === 0o700 && canWrite(trial, account);
  } catch {
    return false;
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
}
