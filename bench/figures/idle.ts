import { JOBS } from '../../jobs/registry.ts';
import { type Figure, figure, inTurns, type Result } from '../frame.ts';
import { pause } from '../inside.ts';
import { hasProc, residentMb, watchMemory } from '../processes.ts';
import type { RunDatabase } from '../servers.ts';
import type { World } from '../world.ts';
import { ternaWhole, type Whole } from './whole-runs.ts';

export const IDLE_IDS = ['14a', '14b', '14c'];

// After this long, what starting caused is over.
const SETTLING_MS = 10_000;

/** What Terna takes when nothing happens, on both back ends at once; then its memory under load, on Redis. */
export async function idle(world: World): Promise<Result> {
  const { say, sizes, wants } = world;
  const servers = await world.telling();
  const found = { memory: [] as number[], redis: [] as number[], postgres: [] as number[] };
  const minute = {
    name: 'an idle minute on Redis, then load',
    unit: 'queries',
    async run() {
      await servers.redis.flushAll();
      const systems = [await ternaWhole(servers), await ternaWhole(servers, { redisUrl: '' })];
      const [onRedis, onPostgres] = systems;
      if (!onRedis || !onPostgres) throw new Error('no systems');
      try {
        for (const { database } of systems) await database.ask('create extension pg_stat_statements');
        await pause(SETTLING_MS);
        const before = await Promise.all(systems.map(({ database }) => queries(database)));
        await pause(sizes.idleSeconds * 1_000);
        const after = await Promise.all(systems.map(({ database }) => queries(database)));
        // The question itself is the one query that is not theirs.
        const perMinute = after.map((n, index) => ((n - (before[index] ?? 0) - 1) * 60) / sizes.idleSeconds);
        const idleMb = memoryOf(onRedis);
        await onPostgres.stop();
        const most = hasProc ? watchMemory(pidsOf(onRedis)) : () => Number.NaN;
        await onRedis.take({ count: sizes.whole });
        const loadMb = most();
        const [redis = Number.NaN, postgres = Number.NaN] = perMinute;
        found.memory.push(Math.max(idleMb, loadMb));
        found.redis.push(redis);
        found.postgres.push(postgres / JOBS.length);
        const seen = { 'idle MB': idleMb, 'MB under load': loadMb, 'queries on Postgres': postgres };
        return { value: redis, seen, wrong: await onRedis.wrong() };
      } finally {
        for (const system of systems) {
          await system.stop();
          await system.database.drop();
        }
      }
    },
  };
  const sides = await inTurns([minute], sizes.roundsAlone, say);
  const runs = sides.flatMap((side) => side.runs);
  const figures: Figure[] = [];
  if (wants('14a')) figures.push(figure(FIGURES.memory, found.memory, runs));
  if (wants('14b')) figures.push(figure(FIGURES.redis, found.redis, runs));
  if (wants('14c')) figures.push(figure(FIGURES.postgres, found.postgres, runs));
  return { figures, sides, notes: [`One api and one worker; ${JOBS.length} queues.`] };
}

const pidsOf = ({ api, workers }: Whole) => [api, ...workers].map(({ pid }) => pid);
const memoryOf = (whole: Whole) => (hasProc ? residentMb(pidsOf(whole)) : Number.NaN);

/** Statements that this database has been asked so far, `begin` and `commit` among them. */
async function queries({ ask }: RunDatabase): Promise<number> {
  const [row] = await ask<{ n: number }>(
    `select sum(calls)::int as n from pg_stat_statements s join pg_database d on d.oid = s.dbid
     where d.datname = current_database()`,
  );
  return row?.n ?? Number.NaN;
}

const FIGURES = {
  memory: { id: '14a', name: 'MB resident of api and one worker, idle and under load', target: '<= 220' },
  redis: { id: '14b', name: 'queries to Postgres in an idle minute, queues on Redis', target: '<= 60' },
  postgres: {
    id: '14c',
    name: 'queries to Postgres in an idle minute, queues on Postgres, per worker process and queue',
    target: '<= 60',
  },
};
