import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  Queue,
  type QueueBaseOptions,
  Worker,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

/*
 * BullMQ as its guide has it, and nothing else: one queue, one worker, a job four times a second. Says how long
 * each job waited for its worker. What outages do to it stands beside what they do to Terna.
 */
const { REDIS_URL, DATABASE_URL } = process.env;

function open() {
  if (REDIS_URL) {
    const factory = createRedisBackend as unknown as BackendFactory<IQueueBackend>;
    const connection = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
    connection.on('error', () => undefined);
    return { factory, connection: connection as QueueBaseOptions['connection'] };
  }
  const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10, options: '-c search_path=bullmq' });
  pool.on('error', () => undefined);
  const factory = createPostgresBackend as unknown as BackendFactory<IQueueBackend>;
  return { factory, connection: pool as unknown as QueueBaseOptions['connection'] };
}

const { factory, connection } = open();
const queue = new Queue('plain', { connection }, factory);
queue.on('error', () => undefined);
const worker = new Worker(
  'plain',
  async (job: { timestamp: number }) =>
    void process.send?.({ at: job.timestamp, ms: Date.now() - job.timestamp }),
  { connection },
  factory as never,
);
worker.on('error', () => undefined);
setInterval(() => void queue.add('plain', {}, { removeOnComplete: true }).catch(() => undefined), 250);
process.on('unhandledRejection', () => undefined);
process.on('disconnect', () => process.exit());
