import { Redis } from 'ioredis';
import { JOBS } from '../../../jobs/registry.ts';
import { pause } from '../pause.ts';
import type { System } from '../system.ts';
import type { Kind } from './kind.ts';
import { wire } from './wires.ts';

async function redis<T>({ redis }: System, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(redis?.url ?? '', { retryStrategy: () => null, maxRetriesPerRequest: 0 });
  client.on('error', () => undefined);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

const onRedis = (name: string, happen: Kind['happen'], group?: string): Kind => ({
  name,
  on: 'redis',
  ...(group !== undefined && { group }),
  happen,
});

const once = (work: (client: Redis) => Promise<unknown>) => async (system: System) => {
  await redis(system, work);
  return 1;
};

const away = (name: string, shortest: number, longest: number): Kind =>
  onRedis(
    name,
    async (system, random) => {
      await system.redis?.kill();
      await pause(random.int(shortest, longest));
      await system.redis?.start();
      return 1;
    },
    'redis',
  );

/** Without its mark the loss is seen at once; with it, by the rows that are overdue. */
async function dropKeys(client: Redis, queue: string, butItsMark: boolean): Promise<void> {
  const keys = await client.keys(`{terna:${queue}}*`);
  const gone = keys.filter((key) => !butItsMark || !key.endsWith(':meta'));
  if (gone.length > 0) await client.del(gone);
}

const REDIS: Kind[] = [
  onRedis(
    'CLIENT KILL of all',
    once((client) => client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')),
  ),
  onRedis(
    'CLIENT PAUSE',
    once((client) => client.call('CLIENT', 'PAUSE', '1500', 'ALL')),
  ),
  onRedis(
    'FLUSHALL',
    once((client) => client.flushall()),
  ),
  onRedis('one queue’s keys gone', async (system, random) => {
    await redis(system, (client) => dropKeys(client, random.pick(JOBS).name, random.chance(0.5)));
    return 1;
  }),
  onRedis(
    'Redis out of memory',
    async (system, random) => {
      await redis(system, (client) => client.config('SET', 'maxmemory', '1'));
      await pause(random.int(300, 2_000));
      await redis(system, (client) => client.config('SET', 'maxmemory', '0'));
      return 1;
    },
    'redis',
  ),
  away('Redis restarted', 0, 0),
  away('Redis away', 500, 4_000),
  { ...wire('redis', 'Redis half open', 'half-open', 4_000), on: 'redis' },
  { ...wire('redis', 'Redis refuses', 'refuse', 2_000), on: 'redis' },
  { ...wire('redis', 'Redis slow', 'slow', 2_000), on: 'redis' },
];

const ON_POSTGRES: Kind[] = [
  {
    name: 'queues’ tables emptied',
    on: 'postgres',
    async happen({ postgres }) {
      await postgres.ask('truncate bullmq.job, bullmq.meta cascade');
      return 1;
    },
  },
  {
    name: 'one queue’s rows gone',
    on: 'postgres',
    async happen({ postgres }, random) {
      const queue = random.pick(JOBS).name;
      await postgres.ask('delete from bullmq.job where queue = $1', [queue]);
      // Without its mark the loss is seen at once; with it, by the rows that are overdue.
      if (random.chance(0.5)) await postgres.ask('delete from bullmq.meta where queue = $1', [queue]);
      return 1;
    },
  },
];

export const QUEUES: Kind[] = [...REDIS, ...ON_POSTGRES];
