import { existsSync } from 'node:fs';
import { chmod, cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { whyNot } from './command.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { OTHER_SERVER } from './explain.ts';
import { createFolder } from './fresh-folder.ts';
import { linkLibraries } from './libraries.ts';
import { findPackage } from './package.ts';
import { sharedFolder } from './shared-folder.ts';

/**
 * A folder whose bin/initdb and bin/postgres the account can run: the installed package, or a copy of it (60 MB)
 * where the package lies below a private folder, or is read-only without its symlinks. The copy is in DATA_DIR
 * for an ordinary user and in `sharedFolder` for root.
 */
export async function runnableBinaries(dataDir: string, account: Account | undefined): Promise<string> {
  const { native, version } = findPackage();
  const linked = await linkLibraries(native);
  const trouble = tryToRun(native, account);
  if (!trouble) return native;
  // Where the file is complete and within reach but the system refuses it, a copy would not run either.
  const copyMayRun = !linked || trouble.code === 'EACCES' || account !== undefined;
  if (!copyMayRun || trouble.code === 'ENOENT') throw cannotRun(native, trouble.text);

  const copy = join(account ? await sharedFolder(account) : dataDir, `postgres-${version}`);
  if (!existsSync(copy)) await createFolder(copy, (fresh) => copyBinaries(native, fresh));
  const stillTrouble = tryToRun(copy, account);
  if (stillTrouble) throw cannotRun(copy, stillTrouble.text);
  return copy;
}

/** Why `postgres --version` (3 ms) does not run, or undefined. Under musl its loader is missing: ENOENT. */
function tryToRun(native: string, account: Account | undefined) {
  return whyNot(
    join(native, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres'),
    ['--version'],
    account,
  );
}

async function copyBinaries(native: string, fresh: string): Promise<void> {
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(fresh);
  await openToAll(fresh);
}

/** Like chmod -R a+rX: a package that was installed with umask 077 is private, its copy must not be. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, 0o755);
  }
}

function cannotRun(native: string, reason: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The embedded PostgreSQL in ${native} does not run on this machine (an Alpine or other musl system, or a folder mounted noexec?): ${OTHER_SERVER}. The system says: ${reason}`,
  );
}
