import { existsSync } from 'node:fs';
import closeWithGrace from 'close-with-grace';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { findEmbeddedPostgres } from '../db/embedded/find.ts';

/** An error whose message is all that the user needs: it is printed without a stack. */
export class UserError extends Error {}

/** sysexits.h: something is wrong with the configuration. */
const EX_CONFIG = 78;

/** Runs an entry point: settings from the environment (and `.env`), errors to people in one sentence. */
export async function main(run: (config: Config) => Promise<void>): Promise<void> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    await run(readConfig(process.env));
  } catch (error) {
    process.stderr.write(`${inWords(error as Error)}\n`);
    process.exit(error instanceof ConfigError ? EX_CONFIG : 1);
  }
}

const FOR_PEOPLE = ['UserError', 'ConfigError', 'ListenError', 'EmbeddedPostgresError'];

/** What the database's refusals mean to whoever set DATABASE_URL. */
const DATABASE_TROUBLE: Record<string, string> = {
  ECONNREFUSED: 'No database answers at DATABASE_URL. Is it running, and are host and port right?',
  ENOTFOUND: 'The host in DATABASE_URL is not known.',
  ETIMEDOUT: 'The database at DATABASE_URL does not answer.',
  '3D000': 'The server has no database of the name in DATABASE_URL. Create it first (createdb).',
  '28P01': 'The password in DATABASE_URL is wrong.',
  '28000': 'The user in DATABASE_URL may not log in.',
  '42P01': 'The database has no tables of Terna yet. Run npm run db:migrate first.',
};

function inWords(error: Error): string {
  if (FOR_PEOPLE.includes(error.constructor.name)) return error.message;
  const code = 'code' in error ? String(error.code) : '';
  return DATABASE_TROUBLE[code] ?? error.stack ?? error.message;
}

/**
 * The database to work on: the one that is set, or the embedded one that `npm start` runs.
 * @throws UserError when there is neither
 */
export async function databaseUrl(config: Config): Promise<string> {
  const url = config.databaseUrl ?? (await findEmbeddedPostgres(config.dataDir));
  if (url) return url;
  throw new UserError(
    `No database: DATABASE_URL is not set, and no Terna runs on ${config.dataDir}. Set it, or run npm start first.`,
  );
}

/** Ends the process in order on Ctrl-C, SIGTERM and errors that nobody caught. A second signal ends it at once. */
export function endWith(stop: () => Promise<void>): void {
  closeWithGrace({ delay: 15_000, logger: false }, async ({ err }) => {
    if (err) process.stderr.write(`${err.stack ?? err.message}\n`);
    await stop();
  });
  if (process.env.npm_lifecycle_event) endWithParent();
}

/**
 * npm runs scripts through a shell, which takes npm's SIGTERM for itself and dies without passing it on.
 * A process that npm started therefore ends when its parent does.
 */
function endWithParent(): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}
