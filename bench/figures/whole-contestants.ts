import { stillWrong, wrongIn, wrongInOutbox } from '../check.ts';
import type { Contestant, Run } from '../frame.ts';
import { pause } from '../inside.ts';
import { cpuSeconds, hasProc, watchMemory } from '../processes.ts';
import type { RunDatabase } from '../servers.ts';
import type { Sunk } from '../sink.ts';
import type { World } from '../world.ts';
import { wrongInPeer } from './engine-runs.ts';
import { otherWhole, ternaWhole, type Whole } from './whole-runs.ts';

/** From HTTP in to the last of four mails accepted. */
export function ternaContestant(world: World, workers = 1): Contestant {
  return contestant(world, workers === 1 ? 'Terna' : `Terna, ${workers} workers`, world.sizes.whole, {
    start: () => ternaWhole(world.servers, { workers }),
    wrong: async ({ database, taken }) => [
      ...(await wrongIn(database, taken())),
      ...(await wrongInOutbox(database, taken())),
    ],
  });
}

export function bareContestant(world: World): Contestant {
  return contestant(world, 'bare parts', world.sizes.whole, {
    start: () => otherWhole(world.servers, 'bare'),
    async wrong({ database, workers, taken }) {
      const done = await workers[0]?.ask<number>('done');
      const [row] = await database.ask<{ n: number }>('select count(*)::int as n from intake');
      if (done === 9 * taken() && row?.n === taken()) return [];
      return [`${done} jobs done of ${9 * taken()}, ${row?.n} rows of ${taken()}`];
    },
  });
}

export function peerContestant(world: World, peer: 'graphile-worker' | 'pg-boss'): Contestant {
  const { slowPeer, whole } = world.sizes;
  return contestant(world, peer, peer === 'pg-boss' ? whole : Math.min(slowPeer, whole), {
    start: () => otherWhole(world.servers, peer),
    wrong: async ({ database, taken }) => [
      ...(await wrongIn(database, taken())),
      ...(await wrongInPeer(database, peer, taken())),
    ],
  });
}

interface Side {
  start(): Promise<Whole>;
  wrong(side: Whole): Promise<string[]>;
}

/** Warm, then measured, then checked. */
function contestant({ servers, sizes }: World, name: string, count: number, side: Side): Contestant {
  return {
    name,
    unit: 'requests/s',
    async run(): Promise<Run> {
      await servers.redis.flushAll();
      const whole = await side.start();
      try {
        // As much for each worker as for one, or the figure would be of how long four take to get warm.
        await whole.take({ count: sizes.warmUp * whole.workers.length });
        const own = [whole.api, ...whole.workers].map(({ pid }) => pid);
        const used = meter([...own, servers.postgresPid, servers.redisPid]);
        const most = hasProc ? watchMemory(own) : () => Number.NaN;
        const { perSecond, loaded } = await whole.take({ count });
        const seen = {
          [CPU]: (used() * 1_000) / count,
          [MEMORY]: most(),
          'intake/s': (loaded.sent * 1_000) / (loaded.endedAt - loaded.startedAt),
          'bytes per mail': (await servers.sink.ask<Sunk>('sunk')).bytes,
        };
        const wrong = [...(await whole.wrong()), ...(await stillWrong(() => side.wrong(whole)))];
        await whole.stop();
        return { value: perSecond, seen: { ...seen, [COMMITS]: await commits(whole) }, wrong };
      } finally {
        await whole.stop();
        await whole.database.drop();
      }
    },
  };
}

/** Names of what is seen besides, for the figures that are made of it. */
export const CPU = 'CPU ms per request';
export const MEMORY = 'MB at most';
export const COMMITS = 'commits per request';

/** @returns CPU seconds since then; NaN where nobody tells */
function meter(pids: number[]): () => number {
  if (!hasProc) return () => Number.NaN;
  const before = cpuSeconds(pids);
  return () => cpuSeconds(pids) - before;
}

/** Commits per request in the whole life of a database. Backends tell of theirs when they end, at the latest. */
async function commits({ database, taken }: Whole): Promise<number> {
  await pause(200);
  return (await commitsIn(database)) / taken();
}

async function commitsIn({ ask }: RunDatabase): Promise<number> {
  const [row] = await ask<{ n: number }>(
    'select xact_commit::int as n from pg_stat_database where datname = current_database()',
  );
  return row?.n ?? Number.NaN;
}
