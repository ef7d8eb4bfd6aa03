import { mkdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { knownHome } from '../db/embedded/place.ts';
import { startEmbeddedPostgres } from '../db/embedded/start.ts';
import { migrate } from '../db/migrate.ts';
import { migrateQueues } from '../jobs/postgres-backend.ts';
import { type RedisServer, startRedis } from '../test/helpers/redis.ts';
import { makeCatalog } from './catalog.ts';
import { FOUND } from './check.ts';
import { type Child, startChild } from './child.ts';
import { makeHistory } from './history.ts';
import { makeLargeCatalog } from './large-catalog.ts';
import { migratePeers } from './peers/migrate.ts';

const DATA = resolve(import.meta.dirname, '../.data');

/** A database of a run's own. */
export interface RunDatabase {
  url: string;
  /** What the template had already, by the names of check.ts. */
  past: Record<string, number>;
  ask<Row = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** What all sides work on: one Postgres with its durability as it is by default, one Redis, one mail server. */
export interface Servers {
  /** Where Postgres has its data. */
  folder: string;
  postgresVersion: string;
  /** Of the postmaster. */
  postgresPid: number;
  redis: RedisServer;
  redisPid: number;
  sink: Child;
  sinkUrl: string;
  /** The load generator. */
  load: Child;
  /** A copy of the template: the tables of all sides, the bench's partners and their past, nothing else. */
  database(): Promise<RunDatabase>;
  /** A copy of the template with so many partners of the large catalog in place of its own, and without a past. */
  largeCatalog(partners: number): Promise<RunDatabase>;
  stop(): Promise<void>;
}

/** The bench's partners and requests of the past; matching, and more of a past, are measured at other sizes. */
export const PARTNERS = 10_000;
export const PAST_REQUESTS = 5_000;

/** Settings of a Postgres that says what it does. */
export const TELLING = { shared_preload_libraries: 'pg_stat_statements', track_commit_timestamp: 'on' };

/** @param settings of Postgres beside its defaults */
export async function startServers(settings: Record<string, string> = {}): Promise<Servers> {
  mkdirSync(DATA, { recursive: true });
  const folder = await mkdtemp(join(DATA, 'bench-'));
  // Its server runs as another user than root.
  await chmod(folder, 0o755);
  const ending: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of ending) await end().catch(() => undefined);
  };
  try {
    const dataDir = join(folder, 'postgres');
    let postgres = await startEmbeddedPostgres({ dataDir });
    const home = await knownHome(dataDir);
    ending.unshift(() => rm(home, { recursive: true, force: true }));
    ending.unshift(() => postgres.stop());
    for (const [name, value] of Object.entries(settings))
      await ask(postgres.url, `alter system set ${name} = '${value}'`);
    if (Object.keys(settings).length > 0) {
      await postgres.stop();
      postgres = await startEmbeddedPostgres({ dataDir });
    }
    const past = await makeTemplate(postgres.url);
    const redis = await startRedis();
    ending.unshift(() => redis.stop());
    const sink = await startChild('bench/sink.ts');
    ending.unshift(() => sink.stop());
    const load = await startChild('bench/load.ts');
    ending.unshift(() => load.stop());

    let made = 0;
    const copyOf = async (template: string): Promise<RunDatabase> => {
      const name = `run_${++made}`;
      await ask(postgres.url, `create database ${name} template ${template}`);
      await ask(postgres.url, 'checkpoint');
      const url = named(postgres.url, name);
      const pool = new pg.Pool({ connectionString: url, max: 2, application_name: 'bench' });
      pool.on('error', () => undefined);
      return {
        url,
        past,
        ask: async <Row>(sql: string, values: unknown[] = []) =>
          (await pool.query(sql, values)).rows as Row[],
        async drop() {
          await pool.end();
          await ask(postgres.url, `drop database ${name} with (force)`);
        },
      };
    };
    const catalogs = new Set<number>();
    return {
      folder: home,
      postgresVersion: String((await ask(postgres.url, 'show server_version'))[0]?.server_version),
      postgresPid: Number((await ask(postgres.url, POSTMASTER))[0]?.pid),
      redis,
      redisPid: await redisPid(redis.port),
      sink,
      sinkUrl: await sink.ask('url'),
      load,
      database: () => copyOf('bench'),
      async largeCatalog(partners) {
        const template = `catalog_${partners}`;
        if (!catalogs.has(partners)) {
          await ask(postgres.url, `create database ${template} template bench`);
          const make = (sql: string, values?: unknown[]) => ask(named(postgres.url, template), sql, values);
          await make('truncate partners cascade');
          await makeLargeCatalog(make, partners);
          catalogs.add(partners);
        }
        return copyOf(template);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @returns what is in it, to tell it from what a run makes */
async function makeTemplate(url: string): Promise<Record<string, number>> {
  await ask(url, 'create database bench');
  const bench = named(url, 'bench');
  await migrate(bench);
  await migrateQueues(bench);
  await migratePeers(bench);
  const make = (sql: string, values?: unknown[]) => ask(bench, sql, values);
  await makeCatalog(make, PARTNERS);
  await makeHistory(make, { requests: PAST_REQUESTS, partners: PARTNERS, fromDays: 60, toDays: 1 });
  return (await ask(bench, FOUND))[0] as Record<string, number>;
}

// The postmaster's pid is the first line of a file that the server can read.
const POSTMASTER = `select split_part(pg_read_file('postmaster.pid'), chr(10), 1) as pid`;

async function ask(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

function named(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

async function redisPid(port: number): Promise<number> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(port, '127.0.0.1');
  const [, pid] = /process_id:(\d+)/.exec(await redis.info('server')) ?? [];
  redis.disconnect();
  return Number(pid);
}
