import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connect, type Database } from '../../db/connect.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../db/embedded/start.ts';
import { migrate } from '../../db/migrate.ts';
import { migrateQueues } from '../../jobs/postgres-backend.ts';
import { serverOf } from '../helpers/embedded.ts';
import { pause } from './pause.ts';

/** A real PostgreSQL of the run's own. */
export interface PostgresServer {
  /** Its address past the proxy, for the harness itself; changes with each start. */
  url(): string;
  port(): number;
  /** As after a power cut: nothing is written out, the next start recovers. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** For the harness's own questions; a new connection each, which no fault meets. */
  ask<Row = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** A connection of one's own for locks and the like; closed afterwards. */
  hold<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  /** A pool like the program's, past the proxy. */
  pool(): Database;
  stop(): Promise<void>;
}

/** Starts it empty but for the program's own tables, with commit times kept: the verdict asks what came first. */
export async function startPostgres(): Promise<PostgresServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'terna-faults-'));
  await chmod(dataDir, 0o755);
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir });

  async function hold<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: server.url, connectionTimeoutMillis: 3_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  const self: PostgresServer = {
    url: () => server.url,
    port: () => Number(new URL(server.url).port),
    hold,
    pool: () => connect(server.url, 3),
    ask: <Row>(sql: string, values: unknown[] = []) =>
      hold(async (client) => (await client.query(sql, values)).rows as Row[]),
    async crash() {
      const running = await serverOf(dataDir);
      if (!running) return;
      process.kill(running.pid, 'SIGQUIT');
      while (await serverOf(dataDir)) await pause(20);
    },
    async start() {
      server = await startEmbeddedPostgres({ dataDir });
    },
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };

  await self.ask('alter system set track_commit_timestamp = on');
  await server.stop();
  await self.start();
  await migrate(server.url);
  await migrateQueues(server.url);
  return self;
}
