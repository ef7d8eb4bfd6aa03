import { best, betterOf, type Figure, inTurns, type Result, ratio } from '../frame.ts';
import type { World } from '../world.ts';
import { peerContestant, ternaContestant } from './engine-runs.ts';
import { noopContestant, SETTINGS } from './noop-runs.ts';

/** The nine durable steps of a routed request: match, three deals, four mails handed over, one follow-up. */
export const STEPS = 9;

export const ENGINE_IDS = ['1', '2', '4a'];

/** The engine alone: no HTTP, and a mail transport that accepts at once. */
export async function engine(world: World): Promise<Result> {
  const { say, sizes, wants } = world;
  const chosen = async (backEnd: 'redis' | 'postgres') =>
    noopContestant(
      world,
      backEnd,
      await best(
        SETTINGS.slice(0, sizes.noopSettings),
        (setting) => noopContestant(world, backEnd, setting, 0.3),
        say,
      ),
    );
  const onRedis = wants('1') || wants('4a');
  const noopsOnRedis = wants('1') ? [await chosen('redis')] : [];
  const noopsOnPostgres = wants('2') ? [await chosen('postgres')] : [];
  const peers = wants('4a') ? (['graphile-worker', 'pg-boss'] as const) : [];
  const contestants = [
    ...(onRedis ? [ternaContestant(world, 'redis')] : []),
    ...noopsOnRedis,
    ...(wants('2') ? [ternaContestant(world, 'postgres')] : []),
    ...noopsOnPostgres,
    ...peers.map((peer) => peerContestant(world, peer)),
  ];
  const sides = await inTurns(contestants, sizes.rounds, say);
  const side = (name: string | undefined) => sides.find((each) => each.name === name);
  const [redis, postgres] = [side('Terna on Redis'), side('Terna on Postgres')];
  const [bareRedis, barePostgres] = [side(noopsOnRedis[0]?.name), side(noopsOnPostgres[0]?.name)];

  const figures: Figure[] = [];
  if (redis && bareRedis) figures.push(ratio(FIGURES.redis, redis, bareRedis, STEPS));
  if (postgres && barePostgres) figures.push(ratio(FIGURES.postgres, postgres, barePostgres, STEPS));
  const better = betterOf(side('graphile-worker'), side('pg-boss'));
  if (redis && better) figures.push(ratio(FIGURES.peers, redis, better));
  const notes = [
    `Catalog of 10,000 partners; ${sizes.engine} requests a run (graphile-worker: ${sizes.slowPeer}) after ${sizes.warmUp} to get warm.`,
  ];
  return { figures, sides, notes };
}

const FIGURES = {
  redis: {
    id: '1',
    name: 'engine on Redis: steps/s over BullMQ no-op jobs/s at their best settings',
    target: '>= 0.8',
  },
  postgres: {
    id: '2',
    name: 'engine on Postgres: steps/s over BullMQ no-op jobs/s at their best settings',
    target: '>= 1',
  },
  peers: {
    id: '4a',
    name: 'engine: requests/s over the better of graphile-worker and pg-boss',
    target: '>= 2',
  },
};
