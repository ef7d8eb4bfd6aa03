import { startRedis } from '../../test/helpers/redis.ts';
import { FOUND, stillWrong, wrongIn, wrongInOutbox } from '../check.ts';
import { type Contestant, inTurns, type Result, ratio } from '../frame.ts';
import { makeHistory, ROWS_OF_A_REQUEST } from '../history.ts';
import { forgetTransaction, readOnAndOn } from '../long-transactions.ts';
import { PARTNERS, PAST_REQUESTS, type RunDatabase } from '../servers.ts';
import type { World } from '../world.ts';
import { type Engine, ternaEngine } from './engine-runs.ts';

export const OLD_DATABASE_IDS = ['12'];

/** Two engines side by side: one's database has years behind it, and others have it open for long. */
export async function oldDatabase(world: World): Promise<Result> {
  const { say, sizes, servers } = world;
  await servers.redis.flushAll();
  const other = await startRedis();
  const engines: Engine[] = [];
  let remember = async () => {};
  try {
    const old = await ternaEngine(world, 'redis', { redisUrl: other.url });
    engines.push(old);
    const fresh = await ternaEngine(world, 'redis');
    engines.push(fresh);
    await makeOld(old.database, world);
    remember = await forgetTransaction(old.database.url);
    for (const engine of engines) await engine.route(sizes.warmUp);
    const name = `${sizes.historyRows} rows of history, long transactions open`;
    const sides = await inTurns(
      [contestant(name, old, sizes.engine, READ), contestant('fresh', fresh, sizes.engine)],
      sizes.rounds,
      say,
    );
    const [some, none] = sides;
    const notes = [
      `Fresh: the bench's ${PARTNERS} partners and ${PAST_REQUESTS} past requests, all vacuumed. Beside each run on the ` +
        `other, two connections go through ${READ.join(' and ')}, 20,000 rows a second, each in one transaction; and ` +
        'from before the first run to the end of the last one a transaction stays open that asked one question.',
    ];
    return { figures: some && none ? [ratio(FIGURE, some, none)] : [], sides, notes };
  } finally {
    await remember();
    for (const engine of engines) {
      await engine.stop();
      await engine.database.drop();
    }
    await other.stop();
  }
}

const READ = ['deals', 'emails'];

async function makeOld(database: RunDatabase, { sizes, say }: World): Promise<void> {
  const requests = Math.round(sizes.historyRows / ROWS_OF_A_REQUEST);
  const past = { requests, partners: PARTNERS, after: PAST_REQUESTS, fromDays: 1_000, toDays: 61 };
  const began = Date.now();
  await makeHistory(database.ask, past, (made) =>
    say(`  ${made * ROWS_OF_A_REQUEST} rows of history, ${Math.round((Date.now() - began) / 1_000)} s`),
  );
  const [found] = await database.ask<Record<string, number>>(FOUND);
  database.past = found ?? {};
}

function contestant(name: string, engine: Engine, requests: number, tables: string[] = []): Contestant {
  const { database } = engine;
  return {
    name,
    unit: 'requests/s',
    async run() {
      const readers = await Promise.all(tables.map((table) => readOnAndOn(database.url, table)));
      const value = await engine.route(requests);
      for (const end of readers) await end();
      const wrong = await stillWrong(async () => [
        ...(await wrongIn(database, engine.routed())),
        ...(await wrongInOutbox(database, engine.routed())),
      ]);
      return { value, seen: await seen(database), wrong };
    },
  };
}

/** What a snapshot that is held open leaves lying about, as far as Postgres's own counts know of it by now. */
async function seen({ ask }: RunDatabase): Promise<Record<string, number>> {
  const [row] = await ask<Record<string, number>>(`
    select sum(n_dead_tup) filter (where relname = 'outbox')::int as "dead rows in the outbox",
      sum(n_tup_hot_upd::float8 / n_tup_upd) filter (where relname = 'partners') as "share of partners' changes in place"
    from pg_stat_user_tables where n_tup_upd > 0`);
  return row ?? {};
}

const FIGURE = {
  id: '12',
  name: 'requests/s after years of history, with long transactions open, over a fresh database',
  target: '>= 0.9',
};
