import { Cluster, Redis, type RedisOptions } from 'ioredis';

/** A connection to one server, or to the nodes of a cluster. */
export type RedisConnection = Redis | Cluster;

type Options = Pick<RedisOptions, 'enableOfflineQueue' | 'maxRetriesPerRequest' | 'commandTimeout'>;

// A socket that says nothing for so long after a question, or after it was opened, is half open: it is closed and made
// anew.
const SILENCE_MS = 3_000;

const again = (times: number) => Math.min(200 * times, 1_000);

/**
 * Connects, and tries again for ever.
 * @param url `redis://user:password@host:6379`; several of them, separated by commas, are nodes of one cluster
 */
export function connectRedis(url: string, options: Options): RedisConnection {
  const every = { keepAlive: 10_000, socketTimeout: SILENCE_MS, ...options };
  const [first = url, ...others] = url.split(',');
  if (others.length === 0) return greeted(new Redis(first, { ...every, retryStrategy: again }));
  const { username, password, protocol } = new URL(first);
  const { enableOfflineQueue = true, ...ofNodes } = every;
  return new Cluster([first, ...others], {
    enableOfflineQueue,
    clusterRetryStrategy: again,
    slotsRefreshTimeout: SILENCE_MS,
    redisOptions: {
      ...ofNodes,
      // Nodes that the first ones name are met with the same credentials.
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' && { tls: {} }),
    },
  });
}

/** Lets the connections that BullMQ makes out of this one wait for an answer as long as a worker sleeps. */
export function forSleepers(connection: RedisConnection, sleepMs: number): RedisConnection {
  const socketTimeout = sleepMs + SILENCE_MS;
  if (connection instanceof Cluster) {
    const { duplicate } = connection;
    connection.duplicate = (nodes, options) =>
      duplicate.call(connection, nodes, {
        ...options,
        redisOptions: Object.assign({}, connection.options.redisOptions, options?.redisOptions, {
          socketTimeout,
        }),
      });
  } else {
    const { duplicate } = connection;
    connection.duplicate = (options) => greeted(duplicate.call(connection, { ...options, socketTimeout }));
  }
  return connection;
}

/** Asks the server, or each node, for a sign of life. */
export async function ping(connection: RedisConnection): Promise<void> {
  const nodes = connection instanceof Cluster ? connection.nodes('master') : [connection];
  if (nodes.length === 0) throw new Error('no node of the cluster is known');
  await Promise.all(nodes.map((node) => node.ping()));
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
