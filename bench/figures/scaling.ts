import { figure, inTurns, type Result } from '../frame.ts';
import type { World } from '../world.ts';
import { CPU, ternaContestant } from './whole-contestants.ts';

export const SCALING_IDS = ['13'];

/** What more worker processes cost: CPU of api, workers, Postgres and Redis together. */
export async function scaling(world: World): Promise<Result> {
  const { say, sizes } = world;
  const sides = await inTurns([ternaContestant(world, 4), ternaContestant(world)], sizes.rounds, say);
  const [four, one] = sides;
  const cpu = (side: typeof four, round: number) => side?.runs[round]?.seen?.[CPU] ?? Number.NaN;
  const values = (four?.runs ?? []).map((_, round) => cpu(four, round) / cpu(one, round));
  const runs = sides.flatMap((side) => side.runs);
  return { figures: [figure(FIGURE, values, runs)], sides, notes: [] };
}

const FIGURE = {
  id: '13',
  name: 'CPU seconds per routed request with 4 worker processes over with 1',
  target: '<= 1.15',
};
