import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  Queue,
  type QueueBaseOptions,
  runMigrations,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { distrustFuture } from '../db/queue-clock.ts';
import { connectQueuePool } from '../db/queue-pool.ts';
import type { CountHit } from '../db/rate-limits.ts';
import { LONGEST_SLEEP_S } from './heartbeat.ts';
import { postgresBell } from './postgres-bell.ts';
import { redisCounter } from './redis-counter.ts';

/** Where the queues live: Redis when there is a `redisUrl`, else the same Postgres. */
export interface QueuesAt {
  databaseUrl: string;
  redisUrl?: string | undefined;
  onError: (error: Error) => void;
}

/** What queues and workers need to reach the back end; the same code runs on both. */
export interface Backend {
  kind: 'redis' | 'postgres';
  /** False while commands would only pile up: the promise stays in the outbox instead. */
  available(): boolean;
  /** Asks the back end for a sign of life; rejects, or never answers, when it is away. */
  ask(): Promise<unknown>;
  queue(name: string): Queue;
  workerOptions(name: string): Pick<WorkerOptions, 'connection' | 'prefix'>;
  factory: BackendFactory<IQueueBackend>;
  /** Wakes workers that sleep, so that they see a delayed job that comes before they would have looked. */
  nudge(name: string): Promise<void>;
  /** Undoes what a worker whose clock was wrong has left in the back end; absent where its own clock counts. */
  rightClocks?(): Promise<number>;
  /** Counts for rate limits, on the connection that is there anyway; absent where Postgres counts. */
  countHit?: CountHit;
  close(): Promise<void>;
}

export function openBackend(at: QueuesAt): Backend {
  return at.redisUrl ? redisBackend(at.redisUrl, at.onError) : postgresBackend(at.databaseUrl);
}

/** Creates or updates BullMQ's own tables in the schema `bullmq` (Postgres back end only). */
export async function migrateQueues(databaseUrl: string): Promise<void> {
  const pool = connectQueuePool(databaseUrl, 1);
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await runMigrations(client);
  } finally {
    client.release(true);
    await pool.end();
  }
}

// Besides the worker that asks for itself, a few that finish or put up.
const CONNECTIONS = 4;

function postgresBackend(url: string): Backend {
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
    nudge: bell.ring,
    rightClocks: () => distrustFuture(pool),
    close: () => {
      bell.close();
      return endPool(pool);
    },
  };
}

// A socket that says nothing for so long after a question, or after it was opened, is half open: it is closed and made
// anew. Where a worker waits for work it may be silent for as long as a worker sleeps.
const SILENCE_MS = 3_000;

function redisBackend(url: string, onError: (error: Error) => void): Backend {
  const options = { retryStrategy: (times: number) => Math.min(200 * times, 1_000), keepAlive: 10_000 };
  // Producers fail at once when Redis is away (the outbox has the promise); workers wait for it.
  const producer = greeted(
    new Redis(url, {
      ...options,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: 5_000,
      socketTimeout: SILENCE_MS,
    }),
  );
  const consumer = greeted(
    new Redis(url, { ...options, maxRetriesPerRequest: null, socketTimeout: SILENCE_MS }),
  );
  // BullMQ makes the connections on which workers wait out of this one.
  const { duplicate } = consumer;
  consumer.duplicate = (override) =>
    greeted(duplicate.call(consumer, { ...override, socketTimeout: LONGEST_SLEEP_S * 1_000 + SILENCE_MS }));
  producer.on('error', onError);
  consumer.on('error', onError);
  const factory = createRedisBackend as unknown as BackendFactory<IQueueBackend>;
  return {
    kind: 'redis',
    available: () => producer.status === 'ready',
    ask: () => producer.ping(),
    queue: (name) =>
      new Queue(name, { connection: producer, prefix: prefix(name) }, factory) as unknown as Queue,
    workerOptions: (name) => ({ connection: consumer, prefix: prefix(name) }),
    factory,
    nudge: async () => undefined,
    countHit: redisCounter(producer),
    close: async () => {
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

/** A connection that opens and then is not ready in time is closed, and tried again. */
function greeted(redis: Redis): Redis {
  let waiting: NodeJS.Timeout;
  redis.on('connect', () => {
    waiting = setTimeout(() => redis.disconnect(true), SILENCE_MS);
  });
  for (const end of ['ready', 'close', 'end']) redis.on(end, () => clearTimeout(waiting));
  return redis;
}

/** A hash tag of its own per queue: on Redis Cluster a queue's keys share a slot, and queues spread out. */
function prefix(name: string): string {
  return `{terna:${name}}`;
}

/** Ends the pool; clients that a closing worker still holds are given two seconds. */
async function endPool(pool: pg.Pool): Promise<void> {
  await Promise.race([pool.end(), new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
}
