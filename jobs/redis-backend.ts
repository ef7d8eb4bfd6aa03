import { type BackendFactory, createRedisBackend, type IQueueBackend, Queue } from 'bullmq';
import type { Backend } from './backend.ts';
import { LONGEST_SLEEP_S } from './heartbeat.ts';
import { connectRedis, forSleepers, ping } from './redis-connection.ts';
import { redisCounter } from './redis-counter.ts';

/** The queues in Redis, or spread over the nodes of a Redis Cluster. */
export function redisBackend(url: string, onError: (error: Error) => void): Backend {
  // Producers fail at once when Redis is away (the outbox has the promise); workers wait for it.
  const producer = connectRedis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 5_000,
  });
  const consumer = forSleepers(connectRedis(url, { maxRetriesPerRequest: null }), LONGEST_SLEEP_S * 1_000);
  producer.on('error', onError);
  consumer.on('error', onError);
  const factory = createRedisBackend as unknown as BackendFactory<IQueueBackend>;
  return {
    kind: 'redis',
    available: () => producer.status === 'ready',
    ask: () => ping(producer),
    queue: (name) =>
      new Queue(name, { connection: producer, prefix: prefix(name) }, factory) as unknown as Queue,
    workerOptions: (name) => ({ connection: consumer, prefix: prefix(name) }),
    factory,
    listsWaiting: true,
    nudge: async () => undefined,
    countHit: redisCounter(producer),
    close: async () => {
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

/** A hash tag of its own per queue: on Redis Cluster a queue's keys share a slot, and queues spread out. */
function prefix(name: string): string {
  return `{terna:${name}}`;
}
