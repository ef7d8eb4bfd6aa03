import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type QueueBaseOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import { connectQueuePool } from '../../db/queue-pool.ts';
import { needed } from '../inside.ts';

export interface Connection {
  factory: BackendFactory<IQueueBackend>;
  connection: QueueBaseOptions['connection'];
}

/** BullMQ on Redis, or on Postgres with the pool that Terna gives it: commits of queue rows wait for no disk. */
export function connection(): Connection {
  const { REDIS_URL } = process.env;
  if (REDIS_URL) {
    const redis = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
    return { factory: createRedisBackend as unknown as Connection['factory'], connection: redis };
  }
  const pool = connectQueuePool(needed('DATABASE_URL'), 10) as unknown;
  return {
    factory: createPostgresBackend as unknown as Connection['factory'],
    connection: pool as Connection['connection'],
  };
}
