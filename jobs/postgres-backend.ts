import {
  type BackendFactory,
  createPostgresBackend,
  type IQueueBackend,
  Queue,
  type QueueBaseOptions,
  runMigrations,
} from 'bullmq';
import type pg from 'pg';
import { connectQueuePool, withQueueClient } from '../db/queue-pool.ts';
import { distrustFuture, metaField } from '../db/queue-tables.ts';
import type { Backend } from './backend.ts';
import { postgresBell } from './postgres-bell.ts';

/** Creates or updates BullMQ's own tables in the schema `bullmq` (Postgres back end only). */
export function migrateQueues(databaseUrl: string): Promise<void> {
  return withQueueClient(databaseUrl, async (client) => {
    await runMigrations(client);
  });
}

// Besides the worker that asks for itself, a few that finish or put up.
const CONNECTIONS = 4;

/** The queues in the schema `bullmq` of the same Postgres. */
export function postgresBackend(url: string): Backend {
  const pool = connectQueuePool(url, CONNECTIONS);
  const connection = pool as unknown as QueueBaseOptions['connection'];
  const bell = postgresBell(url, pool, createPostgresBackend as unknown as BackendFactory<IQueueBackend>);
  return {
    kind: 'postgres',
    available: () => true,
    ask: () => pool.query('select'),
    queue: (name) => new Queue(name, { connection }, bell.factory) as unknown as Queue,
    workerOptions: () => ({ connection }),
    factory: bell.factory,
    listsWaiting: false,
    nudge: bell.ring,
    readMarks: (field) => metaField(pool, field),
    rightClocks: () => distrustFuture(pool),
    close: () => {
      bell.close();
      return endPool(pool);
    },
  };
}

/** Ends the pool; clients that a closing worker still holds are given two seconds. */
async function endPool(pool: pg.Pool): Promise<void> {
  await Promise.race([pool.end(), new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
}
