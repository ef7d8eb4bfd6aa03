import { startRedis } from '../../test/helpers/redis.ts';
import { differences, wrongIn, wrongInOutbox } from '../check.ts';
import { type Contestant, type Figure, figure, inTurns, percentile, type Result, ratio } from '../frame.ts';
import { pause } from '../inside.ts';
import type { World } from '../world.ts';
import { type Engine, ternaEngine } from './engine-runs.ts';
import { ternaWhole } from './whole-runs.ts';

export const FOLLOW_UP_IDS = ['10a', '10b', '10c'];

/** Many that wait for their time, how punctual they are, and many at once. All with queues on Redis. */
export async function followUps(world: World): Promise<Result> {
  const parts = [
    ...(world.wants('10a') ? [await pending(world)] : []),
    ...(world.wants('10b') ? [await lateness(world)] : []),
    ...(world.wants('10c') ? [await dueAtOnce(world)] : []),
  ];
  return {
    figures: parts.flatMap(({ figures }) => figures),
    sides: parts.flatMap(({ sides }) => sides),
    notes: parts.flatMap(({ notes }) => notes),
  };
}

/** Two engines side by side, one of which has follow-ups waiting, in its tables and in a Redis of its own. */
async function pending(world: World): Promise<Result> {
  const { say, sizes, servers } = world;
  await servers.redis.flushAll();
  const other = await startRedis();
  const engines = [
    await ternaEngine(world, 'redis', { redisUrl: other.url }),
    await ternaEngine(world, 'redis'),
  ];
  try {
    say(`  promising ${sizes.pending} follow-ups`);
    await engines[0]?.feeder.ask('pend', { count: sizes.pending });
    await engines[0]?.database.ask('analyze outbox');
    for (const engine of engines) await engine.route(sizes.warmUp);
    const names = [`${sizes.pending} follow-ups pending`, 'none pending'];
    const contestants = engines.map(
      (engine, index): Contestant => ({
        name: names[index] ?? '',
        unit: 'requests/s',
        run: async () => ({ value: await engine.route(sizes.engine), wrong: await wrongInEngine(engine) }),
      }),
    );
    const sides = await inTurns(contestants, sizes.rounds, say);
    const [many, none] = sides;
    return { figures: many && none ? [ratio(FIGURES.pending, many, none)] : [], sides, notes: [] };
  } finally {
    for (const engine of engines) {
      await engine.stop();
      await engine.database.drop();
    }
    await other.stop();
  }
}

const wrongInEngine = async ({ database, routed }: Engine) => [
  ...(await wrongIn(database, routed())),
  ...(await wrongInOutbox(database, routed())),
];

/** A third of the answer window, after which a request's first follow-up is due. */
const THIRD_S = 10;

/** Requests come in at a fifth of what can be done, and for half of the time follow-ups come due beside them. */
async function lateness({ servers, sizes, say }: World): Promise<Result> {
  const run = async () => {
    await servers.redis.flushAll();
    const whole = await ternaWhole(servers, { env: { ANSWER_WINDOW: `PT${3 * THIRD_S}S` } });
    try {
      const { perSecond } = await whole.take({ count: sizes.warmUp });
      const { loaded } = await whole.take({ perSecond: Math.max(1, perSecond / 5), seconds: 2 * THIRD_S });
      const nudged = () =>
        whole.database.ask<{ late: number | null }>(LATENESS, [loaded.startedAt, 2 * THIRD_S]);
      const end = Date.now() + (THIRD_S + 10) * 1_000;
      let rows = await nudged();
      while (rows.some(({ late }) => late === null) && Date.now() < end) {
        await pause(250);
        rows = await nudged();
      }
      const late = rows.flatMap((row) => (row.late === null ? [] : [row.late]));
      const wrong = differences({ nudged: loaded.sent }, { nudged: late.length });
      return {
        value: percentile(late, 0.99),
        seen: { p50: percentile(late, 0.5), max: Math.max(...late) },
        wrong,
      };
    } finally {
      await whole.stop();
      await whole.database.drop();
    }
  };
  const sides = await inTurns(
    [{ name: 'lateness of follow-ups', unit: 'ms (p99)', run }],
    sizes.roundsAlone,
    say,
  );
  const runs = sides.flatMap((side) => side.runs);
  const values = runs.map(({ value }) => value / 1_000);
  return { figures: [figure(FIGURES.lateness, values, runs)], sides, notes: [] };
}

// The window began when the request was routed; three nudges are written in the follow-up's transaction.
const LATENESS = `
select (extract(epoch from (select case when count(*) = 3 then min(e.created_at) end from emails e
    where e.request_id = r.id and e.purpose = 'lead-nudge-1')
  - r.answer_due_at + make_interval(secs => $2)) * 1000)::float8 as late
from requests r where r.created_at >= to_timestamp($1::float8 / 1000)`;

/** Steps of a follow-up that is due: itself, three nudges, the next one scheduled. */
const STEPS_DUE = 5;
const STEPS_ROUTED = 9;

/** Follow-ups of routed requests, all due in one second. */
async function dueAtOnce(world: World): Promise<Result> {
  const { say, sizes, servers } = world;
  const run = async () => {
    await servers.redis.flushAll();
    const engine = await ternaEngine(world, 'redis');
    try {
      await engine.route(sizes.warmUp);
      const steady = await engine.route(sizes.dueAtOnce);
      const wrong = await wrongInEngine(engine);
      const rows = await engine.database.ask<{ id: string }>(
        'select id from requests order by id desc limit $1',
        [sizes.dueAtOnce],
      );
      const afterMs = 2_000 + sizes.dueAtOnce;
      const requestIds = rows.map(({ id }) => id);
      const startedAt = await engine.feeder.ask<number>('promise', { requestIds, afterMs, spreadMs: 1_000 });
      const doneAt = await engine.settled(4 * engine.routed() + 3 * sizes.dueAtOnce);
      const perSecond = (sizes.dueAtOnce * 1_000) / (doneAt - startedAt - afterMs);
      const [nudged = {}] = await engine.database.ask<Record<string, number>>(
        `select count(*)::int as nudged from emails where purpose = 'lead-nudge-1' and status = 'sent'`,
      );
      wrong.push(...differences({ nudged: 3 * sizes.dueAtOnce }, nudged));
      const seen = { 'follow-ups/s': perSecond, 'requests/s routed before': steady };
      return { value: (perSecond * STEPS_DUE) / (steady * STEPS_ROUTED), seen, wrong };
    } finally {
      await engine.stop();
      await engine.database.drop();
    }
  };
  const name = `${sizes.dueAtOnce} follow-ups due in one second`;
  const sides = await inTurns([{ name, unit: 'of the steady rate of steps', run }], sizes.rounds, say);
  const runs = sides.flatMap((side) => side.runs);
  const values = runs.map(({ value }) => value);
  const figures: Figure[] = [figure(FIGURES.dueAtOnce, values, runs)];
  const notes = [
    'A routed request is nine steps; a follow-up that is due is five: itself, three nudges, the next one scheduled.',
  ];
  return { figures, sides, notes };
}

const FIGURES = {
  pending: {
    id: '10a',
    name: 'requests/s with follow-ups pending over with none',
    target: '>= 0.95',
  },
  lateness: { id: '10b', name: 'lateness of follow-ups in s, p99', target: '<= 1' },
  dueAtOnce: {
    id: '10c',
    name: 'many follow-ups due in one second: steps/s over the steady rate of steps',
    target: '>= 0.5',
  },
};
