import { existsSync } from 'node:fs';
import { readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { freshName } from './fresh-folder.ts';
import { absent } from './layout.ts';

/**
 * Makes the symlinks between the packaged libraries (libpq.so.5 -> libpq.so.5.18, 14 of them on Linux) that
 * npm cannot pack: the package's own install script does it, and npm 12 does not run that. Only missing ones
 * are made, each with a rename, so two processes may do it at once. False when the folder cannot be written.
 */
export async function linkLibraries(native: string): Promise<boolean> {
  const list = (await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(absent)) ?? '[]';
  // The paths in the list begin with "native/", a copy has another name.
  const inNative = (path: string) => join(native, relative('native', path));
  try {
    for (const { source, target } of JSON.parse(list) as { source: string; target: string }[])
      await linkTo(inNative(source), inNative(target));
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

async function linkTo(file: string, link: string): Promise<void> {
  if (existsSync(link)) return;
  const draft = freshName(link);
  await symlink(relative(dirname(link), file), draft);
  await rename(draft, link).catch(async (error) => {
    await rm(draft, { force: true });
    throw error;
  });
}
