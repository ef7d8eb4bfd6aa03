import { Redis } from 'ioredis';
import { freePort, type RedisServer, startRedis } from './redis.ts';
import { until } from './until.ts';

export interface RedisCluster {
  /** As in REDIS_URL. */
  url: string;
  nodes: RedisServer[];
  stop(): Promise<void>;
}

const SLOTS = 16_384;

/** A real Redis Cluster on loopback: so many nodes, each with its share of the slots and no replica. */
export async function startRedisCluster(size = 3): Promise<RedisCluster> {
  const buses = await Promise.all(Array.from({ length: size }, freePort));
  const nodes = await Promise.all(
    buses.map((bus) =>
      startRedis([
        ...'--cluster-enabled yes --cluster-require-full-coverage no'.split(' '),
        '--cluster-port',
        `${bus}`,
      ]),
    ),
  );
  const clients = nodes.map(({ url }) => new Redis(url, { enableReadyCheck: false }));
  try {
    for (const [no, client] of clients.entries()) {
      const from = Math.ceil((no * SLOTS) / size);
      const to = Math.ceil(((no + 1) * SLOTS) / size) - 1;
      await client.call('cluster', 'addslotsrange', from, to);
      for (const [other, { port }] of nodes.slice(0, no).entries())
        await client.call('cluster', 'meet', '127.0.0.1', port, buses[other] ?? 0);
    }
    await until(async () => {
      const states = await Promise.all(clients.map((client) => client.call('cluster', 'info')));
      return states.every((state) => {
        const text = String(state);
        return text.includes('cluster_state:ok') && text.includes(`cluster_known_nodes:${size}`);
      });
    });
  } finally {
    for (const client of clients) client.disconnect();
  }
  return {
    url: nodes.map(({ url }) => url).join(','),
    nodes,
    stop: async () => void (await Promise.all(nodes.map((node) => node.stop()))),
  };
}
