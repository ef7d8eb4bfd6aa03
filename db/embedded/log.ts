import {
  closeSync,
  constants,
  fchownSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import type { Account } from './account.ts';

/** At a start, a log above this size is kept as server.log.1 and a new one begun. */
const ROTATE_BYTES = 10_000_000;

/** A file descriptor to append to; close it once the server has inherited it. `from`: its size, in bytes, so far. */
export function openLog(file: string, account: Account | undefined): { fd: number; from: number } {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_BYTES) renameSync(file, `${file}.1`);
  // As root we open a file in another user's folder: never through a symlink.
  const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
  const fd = openSync(file, flags, 0o600);
  if (account) fchownSync(fd, account.uid, account.gid);
  return { fd, from: fstatSync(fd).size };
}

export const closeLog = closeSync;

/** What was logged since `from`. */
export function logSince(file: string, from: number): string {
  return readFileSync(file).subarray(from).toString('utf8');
}
