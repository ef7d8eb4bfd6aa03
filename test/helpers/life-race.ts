import { expect } from 'vitest';
import type { Database } from '../../db/connect.ts';
import { testDatabase } from './database.ts';
import { brokenInvariants } from './life-invariants.ts';
import type { Story } from './life-story.ts';
import { until } from './until.ts';

export const ROUNDS = 20;

type Racer = () => Promise<unknown>;

/** A row that both racers need. */
export interface Held {
  table: 'requests' | 'partners';
  id: string;
}

/** How many connections to this database wait for a lock. */
async function waiting(db: Database): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return row?.n ?? 0;
}

/**
 * Starts two while a third connection holds a row that both need, the second only when the first one
 * waits; then lets go. They go on in the order in which they came to wait.
 */
export async function race<A, B>(
  db: Database,
  held: Held,
  first: () => Promise<A>,
  second: () => Promise<B>,
): Promise<[A, B]> {
  const runs = await db.session(async (holder) => {
    await holder.query('begin');
    await holder.query(`select from ${held.table} where id = $1 for update`, [held.id]);
    const one = first();
    await waits(db, 1, one);
    const two = second();
    await waits(db, 2, two);
    await holder.query('commit');
    return { one, two };
  });
  return Promise.all([runs.one, runs.two]);
}

async function waits(db: Database, count: number, run: Promise<unknown>): Promise<void> {
  let over = false;
  run.then(
    () => (over = true),
    () => (over = true),
  );
  await until(async () => over || (await waiting(db)) >= count, {
    every: 2,
    within: 1_500,
    what: `lock waiter ${count}`,
  });
  expect(over, `racer ${count} did not have to wait`).toBe(false);
}

/** Runs two in both orders, ten rounds each: what they answered comes back in the order (a, b). */
export async function bothOrders<S extends { db: Database; held: Held }>(
  prepare: () => Promise<S>,
  a: (scene: S) => Promise<unknown>,
  b: (scene: S) => Promise<unknown>,
  check: (scene: S, answers: [unknown, unknown], first: 'a' | 'b') => Promise<void>,
): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const scene = await prepare();
    const runA: Racer = () => a(scene);
    const runB: Racer = () => b(scene);
    const first = round % 2 === 0 ? 'a' : 'b';
    const answers: [unknown, unknown] =
      first === 'a'
        ? await race(scene.db, scene.held, runA, runB)
        : ((await race(scene.db, scene.held, runB, runA)).reverse() as [unknown, unknown]);
    await check(scene, answers, first);
    expect(await brokenInvariants(scene.db)).toEqual([]);
  }
}

/** A database whose SQL errors are kept by their codes: an act that tried again would hide a deadlock. */
export function watched(db: Database): { db: Database; codes: string[] } {
  const codes: string[] = [];
  const watch = <Sql extends Pick<Database, 'query'>>(sql: Sql): Sql => ({
    ...sql,
    async query<Row>(text: string, values?: unknown[]) {
      try {
        return await sql.query<Row>(text, values);
      } catch (error) {
        codes.push(error instanceof Error && 'code' in error ? String(error.code) : String(error));
        throw error;
      }
    },
  });
  return {
    db: { ...watch(db), transaction: (point, work) => db.transaction(point, (sql) => work(watch(sql))) },
    codes,
  };
}

/** A race in one database, which each round prepares for itself; no SQL error may surface in it. */
export async function raced(
  prepare: (db: Story['db']) => Promise<Story>,
  a: (story: Story) => Promise<unknown>,
  b: (story: Story) => Promise<unknown>,
  check: (story: Story, answers: [unknown, unknown], first: 'a' | 'b') => Promise<void>,
): Promise<void> {
  const { db, codes } = watched((await testDatabase('empty')).db);
  const prepared = async () => {
    await db.query('delete from outbox; delete from requests; delete from partners');
    const story = await prepare(db);
    return { ...story, held: { table: 'requests' as const, id: story.requestId } };
  };
  await bothOrders(prepared, a, b, check);
  expect(codes).toEqual([]);
}
