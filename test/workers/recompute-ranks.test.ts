import { expect, test } from 'vitest';
import type { Database, Sql } from '../../db/connect.ts';
import { recomputeRanks } from '../../jobs/recompute-ranks.ts';
import { transaction } from '../../jobs/transaction.ts';
import type { WorkerDeps } from '../../workers/handler.ts';
import { recomputeRanksHandler } from '../../workers/recompute-ranks.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { deliver, promised } from '../helpers/outbox.ts';

// Two pages and a bit.
const PARTNERS = 1_100;
const STATEMENTS_A_PAGE = 9;

test('a night without changes reads each partner once: nothing is locked, nothing is written', async () => {
  const { db, deps } = await rankedPartners();
  const before = await rows(db);
  const { asked } = await walk(deps);

  expect(await rows(db)).toEqual(before);
  expect(asked.filter((sql) => /for (no key )?update|^update/.test(sql) && !/outbox/.test(sql))).toEqual([]);
});

test('only partners whose past has changed are written, once each, and no others are locked', async () => {
  const { db, deps } = await rankedPartners();
  const before = await rows(db);
  const changed = before.filter((_, index) => index % 3 === 0).map(({ id }) => id);
  await addReviews(db, changed);
  const writtenBefore = await written(db);
  const { asked } = await walk(deps);

  const after = await rows(db);
  const touched = after.filter((row, index) => row.version !== before[index]?.version);
  expect(touched.map(({ id }) => id)).toEqual(changed);
  const locked = after.filter((row, index) => row.locker !== before[index]?.locker);
  expect(locked.map(({ id }) => id)).toEqual(changed);
  expect((await written(db)) - writtenBefore).toBe(changed.length);
  expect(touched.every(({ rank }) => Math.abs(rank - ONE_REVIEW_OF_5) < 1e-9)).toBe(true);
  expect(asked.length).toBeLessThanOrEqual(3 * STATEMENTS_A_PAGE);
});

test('a page promises the next one and no more, whatever the number of partners', async () => {
  const { deps } = await rankedPartners();
  const { batches } = await walk(deps);
  expect(batches).toEqual([1, 1, 1]);
});

// mean = (4 * 5 + 5) / 6, rating = 60 * (mean - 1) / 4, reviews = 15 * ln 2 / ln 51
const ONE_REVIEW_OF_5 = (60 * (25 / 6 - 1)) / 4 + (15 * Math.log(2)) / Math.log(51);

/** Partners without a past, whose rows say so. */
async function rankedPartners(): Promise<{ db: Database; deps: WorkerDeps }> {
  const { db } = await testDatabase('empty');
  await db.query(
    `insert into partners (id, slug, title, name, type, tier, country, primary_language, languages, services, email,
       locale, rank, search_text)
     select md5('partner ' || no)::uuid, no, 'Title', 'Name', 'agency', 'silver', 'BR', 'pt', '{pt}', '{crm-setup}',
       no || '@partners.example', 'en', 45, '' from generate_series(1, $1::int) as no`,
    [PARTNERS],
  );
  return { db, deps: workerDeps(db) };
}

/** A won deal with a review of five stars for each. */
async function addReviews(db: Database, partnerIds: string[]): Promise<void> {
  await db.transaction('seed', async (sql) => {
    await sql.query("set local session_replication_role = 'replica'");
    await sql.query(
      `insert into reviews (id, deal_id, partner_id, rating, comment, author)
       select gen_random_uuid(), gen_random_uuid(), id, 5, '', '' from unnest($1::uuid[]) as id`,
      [partnerIds],
    );
  });
}

/** Walks through all partners. @returns the statements that it took, and how many jobs there were at a time */
async function walk(deps: WorkerDeps): Promise<{ asked: string[]; batches: number[] }> {
  const asked: string[] = [];
  const batches: number[] = [];
  const db: Database = {
    ...deps.db,
    transaction: (point, work) => {
      asked.push('begin', 'commit');
      return deps.db.transaction(point, (sql) => work(listening(sql, asked)));
    },
  };
  await transaction(deps, 'job test', async (tx) => tx.enqueue(recomputeRanks, {}));
  for (let ids = await promised(deps.db, recomputeRanks); ids.length > 0; ) {
    batches.push(ids.length);
    const outcomes = await deliver({ ...deps, db }, recomputeRanksHandler, ids);
    expect(outcomes).toEqual(ids.map(() => ({ kind: 'done' })));
    ids = await promised(deps.db, recomputeRanks);
  }
  return { asked, batches };
}

const listening = (sql: Sql, asked: string[]): Sql => ({
  query: (text, values) => {
    asked.push(text.trim());
    return sql.query(text, values);
  },
});

interface PartnerRow {
  id: string;
  rank: number;
  /** Of the row: each write makes another. */
  version: string;
  /** The last one that locked it, also when the version is its own. */
  locker: string;
}

function rows(db: Database): Promise<PartnerRow[]> {
  return db.query(`select id, rank, xmin::text as version, xmax::text as locker from partners order by id`);
}

async function written(db: Database): Promise<number> {
  return db.session(async (sql) => {
    await sql.query('select pg_stat_force_next_flush()');
    const [row] = await sql.query<{ n: number }>(
      `select n_tup_upd::int as n from pg_stat_user_tables where relname = 'partners'`,
    );
    return row?.n ?? Number.NaN;
  });
}
