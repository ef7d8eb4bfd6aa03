import { betterOf, type Figure, figure, inTurns, type Result, ratio, type Side } from '../frame.ts';
import type { World } from '../world.ts';
import { bareContestant, COMMITS, CPU, peerContestant, ternaContestant } from './whole-contestants.ts';

export const WHOLE_IDS = ['3', '4b', '15', '13'];

/** Everything together: HTTP in, four mails at a real mail server out; Terna with its queues on Redis. */
export async function whole(world: World): Promise<Result> {
  const { say, sizes, wants } = world;
  const peers = wants('4b') ? (['graphile-worker', 'pg-boss'] as const) : [];
  const contestants = [
    ternaContestant(world),
    ...(wants('3') ? [bareContestant(world)] : []),
    ...peers.map((peer) => peerContestant(world, peer)),
    ...(wants('13') ? [ternaContestant(world, 4)] : []),
  ];
  const sides = await inTurns(contestants, sizes.rounds, say);
  const [terna] = sides;
  const side = (name: string) => sides.find((each) => each.name === name);
  const bare = side('bare parts');
  const better = betterOf(side('graphile-worker'), side('pg-boss'));

  const figures: Figure[] = [];
  const notes = [`${sizes.whole} requests a run after ${sizes.warmUp} for each worker to get warm.`];
  if (!terna) return { figures, sides, notes };
  if (bare) figures.push(ratio(FIGURES.bare, terna, bare));
  if (better) figures.push(ratio(FIGURES.peers, terna, better));
  if (wants('15')) {
    figures.push(figure(FIGURES.commits, seen(terna, COMMITS), terna.runs));
  }
  const four = side('Terna, 4 workers');
  if (four) {
    const one = seen(terna, CPU);
    const values = seen(four, CPU).map((cpu, round) => cpu / (one[round] ?? Number.NaN));
    figures.push(figure(FIGURES.scaling, values, [...terna.runs, ...four.runs]));
  }
  return { figures, sides, notes };
}

const seen = ({ runs }: Side, what: string) => runs.map((run) => run.seen?.[what] ?? Number.NaN);

const FIGURES = {
  bare: { id: '3', name: 'whole: requests/s over its bare parts', target: '>= 0.8' },
  peers: {
    id: '4b',
    name: 'whole: requests/s over the better of graphile-worker and pg-boss',
    target: '>= 1.2',
  },
  commits: { id: '15', name: 'commits per routed request under load', target: '<= 1' },
  // Of api, workers, Postgres and Redis together.
  scaling: {
    id: '13',
    name: 'CPU seconds per routed request with 4 worker processes over with 1',
    target: '<= 1.15',
  },
};
