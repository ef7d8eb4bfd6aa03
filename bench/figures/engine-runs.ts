import { differences, stillWrong, wrongIn, wrongInOutbox } from '../check.ts';
import { type Child, startChild } from '../child.ts';
import type { Contestant, Run } from '../frame.ts';
import { pause } from '../inside.ts';
import type { RunDatabase } from '../servers.ts';
import { TERNA } from '../settings.ts';
import type { World } from '../world.ts';

/** Requests that are put in without HTTP and leave through a transport that accepts at once. */
export interface Engine {
  database: RunDatabase;
  feeder: Child;
  workers: Child[];
  /**
   * Routes `count` more, and says how many a second that were, from the first insert to the last mail settled.
   * @param poison every so many-th cannot be routed (figures/failing.ts), and does not count
   */
  route(count: number, poison?: number): Promise<number>;
  routed(): number;
  /** Waits until so many mails were handed over and settled, all in all. @returns when that was, ms since 1970 */
  settled(mails: number): Promise<number>;
  /** Ends the processes; the database stays until it is dropped. */
  stop(): Promise<void>;
}

export async function ternaEngine(
  { servers }: World,
  backEnd: 'redis' | 'postgres',
  { env = {}, redisUrl = servers.redis.url }: { env?: Record<string, string>; redisUrl?: string } = {},
): Promise<Engine> {
  const database = await servers.database();
  const own = {
    ...TERNA,
    DATABASE_URL: database.url,
    SMTP_URL: 'smtp://not.used',
    ...(backEnd === 'redis' && { REDIS_URL: redisUrl }),
    ...env,
  };
  const feeder = await startChild('bench/terna/feeder.ts', own);
  const worker = await startChild('bench/terna/engine-worker.ts', own);
  return engine(database, feeder, [worker]);
}

export async function peerEngine({ servers }: World, peer: string): Promise<Engine> {
  const database = await servers.database();
  const own = { DATABASE_URL: database.url, PEER: peer, PORT: '0' };
  const feeder = await startChild('bench/peers/api.ts', own);
  const worker = await startChild('bench/peers/worker.ts', own);
  return engine(database, feeder, [worker]);
}

function engine(database: RunDatabase, feeder: Child, workers: Child[]): Engine {
  let fed = 0;
  let routed = 0;
  const settled = async (mails: number) => {
    await handedOver(workers, mails);
    return lastSettledAt(database, mails);
  };
  return {
    database,
    feeder,
    workers,
    routed: () => routed,
    async route(count, poison = 0) {
      const startedAt = await feeder.ask<number>('feed', { from: fed, count, poison });
      const good = poison > 0 ? count - poisonous(fed, count, poison) : count;
      fed += count;
      routed += good;
      return (good * 1_000) / ((await settled(4 * routed)) - startedAt);
    },
    settled,
    stop: async () => void (await Promise.all([feeder, ...workers].map((child) => child.stop()))),
  };
}

/** How many of the numbers that follow are multiples of `poison`. */
function poisonous(from: number, count: number, poison: number): number {
  return Math.ceil((from + count) / poison) - Math.ceil(from / poison);
}

const PATIENCE_MS = 120_000;

/** Waits until so many mails were handed over. What never comes is seen by the checks. */
async function handedOver(workers: Child[], count: number): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const counts = await Promise.all(workers.map((worker) => worker.ask<number>('handedOver')));
    if (counts.reduce((sum, each) => sum + each, 0) >= count || Date.now() > end) return;
    await pause(20);
  }
}

/** When the last mail was settled, ms since 1970. */
async function lastSettledAt(
  { ask, past: { mails: past = 0 } }: RunDatabase,
  count: number,
): Promise<number> {
  const end = Date.now() + 10_000;
  for (;;) {
    const [row] = await ask<{ n: number; at: number }>(
      `select count(*)::int as n, extract(epoch from max(sent_at))::float8 * 1000 as at from emails where status = 'sent'`,
    );
    if (row && (row.n - past >= count || Date.now() > end)) return row.at;
    await pause(20);
  }
}

/** Terna's engine as a contestant: warm, then measured, then checked. */
export function ternaContestant(world: World, backEnd: 'redis' | 'postgres'): Contestant {
  return {
    name: `Terna on ${backEnd === 'redis' ? 'Redis' : 'Postgres'}`,
    unit: 'requests/s',
    async run() {
      await world.servers.redis.flushAll();
      return measured(await ternaEngine(world, backEnd), world.sizes.engine, world, ({ database, routed }) =>
        wrongInOutbox(database, routed()),
      );
    },
  };
}

export function peerContestant(world: World, peer: 'graphile-worker' | 'pg-boss'): Contestant {
  return {
    name: peer,
    unit: 'requests/s',
    run: async () =>
      measured(
        await peerEngine(world, peer),
        peer === 'pg-boss' ? world.sizes.engine : world.sizes.slowPeer,
        world,
        ({ database, routed }) => wrongInPeer(database, peer, routed()),
      ),
  };
}

async function measured(
  engine: Engine,
  count: number,
  { sizes }: World,
  wrongInQueue: (engine: Engine) => Promise<string[]>,
): Promise<Run> {
  try {
    await engine.route(sizes.warmUp);
    const value = await engine.route(count);
    const wrong = await stillWrong(async () => [
      ...(await wrongIn(engine.database, engine.routed())),
      ...(await wrongInQueue(engine)),
    ]);
    return { value, wrong };
  } finally {
    await engine.stop();
    await engine.database.drop();
  }
}

/** A peer's own queue holds the follow-ups, and nothing else that is not done. */
export async function wrongInPeer({ ask }: RunDatabase, peer: string, count: number): Promise<string[]> {
  const jobs =
    peer === 'pg-boss'
      ? `select name from pgboss.job where state < 'completed' and name not like '\\_\\_pgboss%'`
      : 'select task_identifier as name from graphile_worker.jobs';
  const [found = {}] = await ask<Record<string, number>>(
    `select count(*) filter (where name = 'follow-up')::int as "follow-ups",
       count(*) filter (where name <> 'follow-up')::int as "other jobs" from (${jobs}) as j`,
  );
  return differences({ 'follow-ups': count, 'other jobs': 0 }, found);
}
