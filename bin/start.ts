import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OPS_USER, VIEWER_USER } from '../api/ops/credentials.ts';
import { startApi } from '../api/start.ts';
import type { Config } from '../config.ts';
import { connect } from '../db/connect.ts';
import { startEmbeddedPostgres } from '../db/embedded/start.ts';
import { migrate } from '../db/migrate.ts';
import { seedIfEmpty } from '../db/seed/first-start.ts';
import { firstAdmin, upsertAdmin } from '../db/sessions.ts';
import { holdSingle } from '../db/single.ts';
import { migrateQueues } from '../jobs/postgres-backend.ts';
import { createLog } from '../log.ts';
import { startWorkers } from '../workers/start.ts';
import { endWith, main, UserError } from './process.ts';

/** Who administers a catalog that is being tried out. Signs in by captured mail, as everybody does. */
const TRIAL_ADMIN = 'admin@terna.example';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Everything in one process: database, migrations, catalog, workers, API. */
await main(async (config) => {
  const began = performance.now();
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.reverse()) await each();
  };
  try {
    await start(config, stops);
  } catch (error) {
    await stop();
    throw error;
  }
  endWith(stop);
  say(
    `Ready after ${((performance.now() - began) / 1_000).toFixed(1)} s. Ctrl-C stops everything and keeps the data.`,
  );
});

async function start(given: Config, stops: (() => Promise<void>)[]): Promise<void> {
  const url = await database(given, stops);
  const config = { ...given, opsPassword: given.opsPassword ?? (await trialPassword(given)) };
  await migrate(url);
  if (!config.redisUrl) await migrateQueues(url);
  const admin = await prepare(config, url);

  const logFile = join(config.dataDir, 'terna.log');
  const log = createLog(config.logLevel, logFile);
  const workers = startWorkers(config, url, log);
  stops.push(workers.stop);
  const api = await startApi(config, url, log, workers.silentMs);
  stops.push(api.stop);
  announce({ ...config, port: api.port }, logFile, admin);
}

async function database(config: Config, stops: (() => Promise<void>)[]): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl;
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, onProgress: say });
  const single = await holdSingle(postgres.url);
  if (!single) {
    throw new UserError(
      `Terna runs on ${config.dataDir} already. Stop it first, or set another DATA_DIR and PORT.`,
    );
  }
  stops.push(postgres.stop, single.release);
  return postgres.url;
}

/**
 * Something to try out: partners in an empty catalog, and, where mail is captured, somebody to administer them.
 * @returns the administrator's address, if there is one
 */
async function prepare({ smtpUrl }: Config, url: string): Promise<string | undefined> {
  const db = connect(url, 1);
  try {
    if (await seedIfEmpty(db)) say('Filled the catalog with partners to try things out with');
    const admin = await firstAdmin(db);
    if (admin || smtpUrl) return admin;
    await upsertAdmin(db.writing('admin made'), { email: TRIAL_ADMIN, name: 'Admin', locale: 'en' });
    return TRIAL_ADMIN;
  } finally {
    await db.close();
  }
}

/**
 * The operators' password of this data folder: made once, kept where only its owner reads it, and printed. In
 * production there is none that nobody chose.
 */
async function trialPassword({ production, dataDir }: Config): Promise<string | undefined> {
  if (production) return undefined;
  const file = join(dataDir, 'ops-password');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept) return kept;
  const made = randomBytes(16).toString('base64url');
  try {
    await mkdir(dataDir, { recursive: true });
    await writeFile(file, made, { mode: 0o600 });
  } catch (error) {
    throw new UserError(
      `DATA_DIR=${dataDir} cannot be written (${(error as Error).message}). Set another DATA_DIR.`,
    );
  }
  return made;
}

function announce(config: Config, logFile: string, admin: string | undefined): void {
  const { host, port, publicUrl, smtpUrl, opsPassword, opsViewerPassword, production } = config;
  const base = `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`;
  // Sessions belong to one host: people start where the links in mails lead to.
  const site = new URL(publicUrl).port === String(port) ? publicUrl : base;
  say('');
  say(`  Catalog       ${site}/`);
  say(
    `  Sign in       ${site}/sign-in   ${admin ? `administrator ${admin}, or any partner's address` : 'with a partner’s address'}`,
  );
  if (!smtpUrl) say(`  Captured mail ${site}/dev/mail   what would have been sent, sign-in links too`);
  say(`  API           ${site}/docs   (${site}/api/v1/partners)`);
  const password = production ? 'OPS_PASSWORD' : opsPassword;
  if (opsPassword) say(`  Queues        ${site}/ops/queues   user ${OPS_USER}, password ${password}`);
  if (opsViewerPassword) say(`  to look only  the same, as ${VIEWER_USER}`);
  if (publicUrl !== site) say(`  Links say     ${publicUrl}`);
  say(`  Log           ${logFile}`);
  say('');
}
