import { findEligible } from '../../db/candidates.ts';
import { connect, type Database } from '../../db/connect.ts';
import { random } from '../../db/seed/random.ts';
import { startChild } from '../child.ts';
import { figure, inTurns, percentile, type Result, type Run, ratio } from '../frame.ts';
import { pause } from '../inside.ts';
import { wrongRanks } from '../rank-oracle.ts';
import type { RunDatabase } from '../servers.ts';
import { TERNA } from '../settings.ts';
import { changeThePast, makeTrackRecords, ONE_IN } from '../track-records.ts';
import type { World } from '../world.ts';
import { searchOf, TYPICAL } from './matching.ts';
import { timeLooks } from './searches.ts';

export const RANK_IDS = ['11a', '11b'];

/** The read of matching while a worker ranks all partners anew, of whom a third have another past than their row says. */
export async function ranks(world: World): Promise<Result> {
  const { sizes, say, servers } = world;
  const database = await servers.database();
  const db = connect(database.url, 1);
  const written: number[] = [];
  try {
    await database.ask('truncate partners cascade');
    say(`  ${sizes.rankedPartners} partners, with two deals each`);
    await makeTrackRecords(database, sizes.rankedPartners);
    const contestant = (name: string, run: () => Promise<Run>) => ({ name, unit: 'ms, p95', run });
    const sides = await inTurns(
      [
        contestant('match, quiet', () => withWorker(world, database, () => quiet(db, sizes.searches * 10))),
        contestant('match, while all ranks are recomputed', async () => {
          await changeThePast(database, sizes.rankedPartners, written.length);
          const run = await recomputation(world, database, db);
          written.push((run.seen?.['rows written'] ?? Number.NaN) / (run.seen?.['ranks changed'] ?? 0));
          return run;
        }),
      ],
      sizes.rounds,
      say,
    );
    const [calm, busy] = sides;
    const figures =
      calm && busy ? [ratio(FIGURES.match, busy, calm), figure(FIGURES.written, written, busy.runs)] : [];
    const notes = [
      `A walk through ${sizes.rankedPartners} partners by one worker process with its queues on Redis; one partner in ${ONE_IN} ` +
        'has won a deal, or lost it again, since its rank was computed. Searches are typical ones, one at a time on one ' +
        'warm connection. Rows written are those that Postgres counts (`n_tup_upd`); afterwards all ranks are compared ' +
        'with those that a plain computation in memory makes of all deals and reviews.',
    ];
    return { figures, sides, notes };
  } finally {
    await db.close();
    await database.drop();
  }
}

/** A worker process of a run's own. Postgres knows all that it wrote once it has ended. */
async function withWorker<T>({ servers }: World, { url }: RunDatabase, work: () => Promise<T>): Promise<T> {
  await servers.redis.flushAll();
  const env = { ...TERNA, DATABASE_URL: url, REDIS_URL: servers.redis.url, SMTP_URL: 'smtp://not.used' };
  const worker = await startChild('bench/terna/engine-worker.ts', env);
  try {
    return await work();
  } finally {
    await worker.stop();
  }
}

async function quiet(db: Database, searches: number): Promise<Run> {
  const spent = await searchOnAndOn(db, (times) => times >= searches);
  return { value: percentile(spent, 0.95), seen: { median: percentile(spent, 0.5) }, wrong: [] };
}

async function recomputation(world: World, database: RunDatabase, db: Database): Promise<Run> {
  const { ask, url } = database;
  await ask('drop table if exists ranks_before');
  await ask('create table ranks_before as select id, rank from partners');
  const writtenBefore = await rowsWritten(database);
  let seconds = Number.NaN;
  const spent = await withWorker(world, database, async () => {
    const own = { DATABASE_URL: url, REDIS_URL: world.servers.redis.url };
    const feeder = await startChild('bench/terna/feeder.ts', own);
    await feeder.ask('rankAll');
    const began = performance.now();
    const ended = untilRanked(database).then(() => {
      seconds = (performance.now() - began) / 1_000;
    });
    const times = await searchOnAndOn(db, () => !Number.isNaN(seconds));
    await ended;
    await feeder.stop();
    return times;
  });
  const [changed] = await ask<{ n: number }>(
    'select count(*)::int as n from partners join ranks_before b using (id) where partners.rank <> b.rank',
  );
  const seen = {
    median: percentile(spent, 0.5),
    seconds,
    'ranks changed': changed?.n ?? Number.NaN,
    'rows written': (await rowsWritten(database)) - writtenBefore,
  };
  const wrong = await wrongRanks(database, world.sizes.rankedPartners);
  // What is dead now is not to weigh on the quiet run that follows.
  await ask('vacuum (analyze) partners');
  return { value: percentile(spent, 0.95), seen, wrong: wrong.slice(0, 10) };
}

/** Searches until it is enough. @returns how long each took, in ms */
function searchOnAndOn(db: Database, enough: (times: number) => boolean): Promise<number[]> {
  const dice = random('ranks');
  return timeLooks(() => findEligible(db, [searchOf(TYPICAL(dice), dice)]), 50, enough);
}

/** Nothing is promised any more but the next night. */
async function untilRanked({ ask }: RunDatabase): Promise<void> {
  for (;;) {
    const [row] = await ask<{ promised: boolean }>(
      `select exists (select from outbox where job = 'recompute-ranks' and key is null) as promised`,
    );
    if (!row?.promised) return;
    await pause(100);
  }
}

/** Counted by each connection when it ends, at the latest: waits until the count stands still. */
async function rowsWritten({ ask }: RunDatabase): Promise<number> {
  let last = Number.NaN;
  for (;;) {
    const [row] = await ask<{ n: number }>(
      `select n_tup_upd::int as n from pg_stat_user_tables where relname = 'partners'`,
    );
    if (row?.n === last) return last;
    last = row?.n ?? Number.NaN;
    await pause(1_000);
  }
}

const FIGURES = {
  match: { id: '11a', name: 'match p95 while all ranks are recomputed over quiet', target: '<= 2' },
  written: { id: '11b', name: 'partners written over ranks changed', target: '<= 1' },
};
