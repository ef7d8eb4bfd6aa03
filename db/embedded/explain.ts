import { EmbeddedPostgresError } from './errors.ts';

/** The way out that always works, at the end of most messages. */
export const OTHER_SERVER = 'set DATABASE_URL to a PostgreSQL 15+ server';

/** A full disk in PostgreSQL's words: the system's error, or a write that came out short. */
const DISK_FULL = /No space left|quota exceeded|wrote only \d+ of \d+ bytes/i;

/** Lines of PostgreSQL's own output that are worth showing. */
const SHOWN_LINES = 8;

/**
 * Turns a file error met under `folder` into a sentence with a way out. Errors that it does not know, and
 * those already explained, come back as they are.
 */
export function explainFileError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof EmbeddedPostgresError) return error;
  const { code, path = folder } = error as NodeJS.ErrnoException;
  const because = { cause: error };
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new EmbeddedPostgresError(
        `The data folder ${folder} cannot be read and written by ${currentUser()} (${code} at ${path}): give that user the folder, start as its owner, or set DATA_DIR to another folder.`,
        because,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new EmbeddedPostgresError(
        `${folder} is a file, or lies below one, and the embedded database needs a folder: move the file away, or set DATA_DIR to another folder.`,
        because,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(path);
    default:
      return error;
  }
}

/**
 * Explains a failure of initdb or postgres from what it printed. Its messages are English because it runs
 * with LC_ALL=C; without a recognised cause the last lines are shown.
 */
export function explainOutput(what: string, output: string, folder: string): EmbeddedPostgresError {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  // "could not create shared memory segment: No space left on device" is a kernel limit, not the disk.
  if (lines.some((line) => DISK_FULL.test(line) && !/shared memory/.test(line))) return diskFull(folder);
  if (/could not look up effective user ID/.test(output))
    return new EmbeddedPostgresError(
      `PostgreSQL does not start as ${currentUser()}, who has no line in /etc/passwd: start as a user of this machine, or ${OTHER_SERVER}.`,
    );
  const shown = lines.length > 0 ? lines.slice(-SHOWN_LINES).join('\n') : '(it printed nothing)';
  return new EmbeddedPostgresError(
    `${what}. Mend what its last lines say, or ${OTHER_SERVER}, or delete ${folder} for an empty database:\n${shown}`,
  );
}

function diskFull(path: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The disk that holds ${path} is full: free at least 200 MB and start again, or set DATA_DIR to a folder on another disk.`,
  );
}

function currentUser(): string {
  return process.getuid ? `the user with id ${process.getuid()}` : 'the current user';
}
