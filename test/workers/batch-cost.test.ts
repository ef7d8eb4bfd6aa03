import { expect, onTestFinished, test } from 'vitest';
import { connect, type Database, type Sql } from '../../db/connect.ts';
import { createDeal } from '../../jobs/create-deal.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { sendEmail } from '../../jobs/send-email.ts';
import { createDealHandler } from '../../workers/create-deal.ts';
import type { Handler } from '../../workers/handler.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { sendEmailHandler } from '../../workers/send-email.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { deliver, promised } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { newRequest, takeIn } from '../helpers/requests.ts';

/** Counts what a batch asks of Postgres. `begin` and `commit` are not counted as statements. */
function counting(db: Database): { db: Database; counts: { statements: number; commits: number } } {
  const counts = { statements: 0, commits: 0 };
  const counted = (sql: Sql): Sql => ({
    query(text, values) {
      counts.statements += 1;
      return sql.query(text, values);
    },
  });
  const watched: Database = {
    ...db,
    ...counted(db),
    transaction(point, work, options) {
      counts.commits += 1;
      return db.transaction(point, (sql) => work(counted(sql)), options);
    },
  };
  return { db: watched, counts };
}

/** What each handler asks for on the way of some requests, each time as one batch. */
async function costOf(requests: number) {
  const { db } = await testDatabase('empty');
  await insertPartners(
    db,
    Array.from({ length: 30 }, () => newPartner()),
  );
  await takeIn(
    workerDeps(db),
    Array.from({ length: requests }, () => newRequest()),
  );
  const run = async (handler: Handler, jobs: number) => {
    const { db: watched, counts } = counting(db);
    const ids = await promised(db, handler.job);
    expect(ids).toHaveLength(jobs);
    const outcomes = await deliver(workerDeps(watched), handler, ids);
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['done']));
    return counts;
  };
  return {
    [matchRequest.name]: await run(matchRequestHandler, requests),
    [createDeal.name]: await run(createDealHandler, 3 * requests),
    [sendEmail.name]: await run(sendEmailHandler, 4 * requests),
  };
}

test('what a batch asks of Postgres does not grow with it, and it commits once, or twice around a mail server', async () => {
  const [one, many] = [await costOf(1), await costOf(20)];
  expect(many).toEqual(one);
  expect(Object.values(many).map(({ commits }) => commits)).toEqual([1, 1, 2]);
  expect(Object.values(many).every(({ statements }) => statements <= 16)).toBe(true);
});

test('deals are opened and mails sent with plans that a connection made once, by indexes, while all was small', async () => {
  const { url, db } = await testDatabase('empty');
  await insertPartners(
    db,
    Array.from({ length: 30 }, () => newPartner()),
  );
  await takeIn(workerDeps(db), [newRequest(), newRequest()]);
  await deliver(workerDeps(db), matchRequestHandler, await promised(db, matchRequest));
  const only = connect(url, 1);
  onTestFinished(() => only.close());
  for (const handler of [createDealHandler, sendEmailHandler]) {
    // One by one, as on a quiet day: for so few ids Postgres would rather plan anew.
    for (const id of await promised(db, handler.job)) await deliver(workerDeps(only), handler, [id]);
  }
  const plans = await only.query<{ statement: string; once: number; anew: number }>(
    'select statement, generic_plans::int as once, custom_plans::int as anew from pg_prepared_statements',
  );
  expect(plans.filter(({ once }) => once > 0).length).toBeGreaterThan(10);
  expect(plans.filter(({ anew }) => anew > 0)).toEqual([]);
  const explained = await only.transaction(
    'job test',
    async (sql) => {
      const lines: unknown[] = [];
      for (const { statement } of plans)
        lines.push(await sql.query(`explain (generic_plan, costs off) ${statement}`));
      return lines;
    },
    { plannedOnce: true },
  );
  expect(JSON.stringify(explained)).toContain('Index Scan');
  expect(JSON.stringify(explained)).not.toContain('Seq Scan');
});
