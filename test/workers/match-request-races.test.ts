import { describe, expect, test } from 'vitest';
import type { Database } from '../../db/connect.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import type { Outcome } from '../../workers/outcome.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { everything, leadsOf, matchRecord } from '../helpers/match-record.ts';
import { deliver, promised } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { newRequest, takeIn } from '../helpers/requests.ts';
import { until } from '../helpers/until.ts';

const DONE = { kind: 'done' };

/** Somebody else changes partners after matching has read them and before it has locked them. */
describe('between reading and locking', () => {
  test.each([
    { what: 'lost its last place', change: 'live_leads = capacity' },
    { what: 'stopped accepting', change: 'accepting = false' },
    { what: 'left the catalog', change: 'listed = false' },
  ])('a partner that $what is replaced by the next best', async ({ change }) => {
    const { db } = await testDatabase('empty');
    const deps = workerDeps(db, {}, { MATCHING_POLICY: 'top' });
    const best = newPartner({ rank: 90, capacity: 1 });
    const others = [80, 70, 60].map((rank) => newPartner({ rank }));
    await insertPartners(db, [best, ...others]);
    const request = newRequest();
    await takeIn(deps, [request]);
    const jobs = await promised(db, matchRequest);

    const outcomes = await whileHeld(db, `update partners set ${change} where id = '${best.id}'`, () =>
      deliver(deps, matchRequestHandler, jobs),
    );
    // Alone already, it is told to come again: the next delivery reads anew.
    expect(outcomes).toMatchObject([{ kind: 'not-now', why: 'others were faster' }]);
    expect(await db.query('select from matches')).toEqual([]);
    expect(await promised(db, matchRequest)).toEqual(jobs);
    expect(await deliver(deps, matchRequestHandler, jobs)).toEqual([DONE]);
    const { matches, draws } = await matchRecord(db, request.id);
    expect(matches.map(({ partnerId }) => partnerId)).toEqual(others.map(({ id }) => id));
    expect(draws).toHaveLength(1);
  });

  test('requests whose partner fell out are matched anew, each alone, in the same delivery', async () => {
    const { db } = await testDatabase('empty');
    const deps = workerDeps(db, {}, { MATCHING_POLICY: 'top' });
    const best = newPartner({ rank: 90, capacity: 9 });
    const others = [80, 70, 60].map((rank) => newPartner({ rank }));
    await insertPartners(db, [best, ...others]);
    const requests = [newRequest(), newRequest(), newRequest()];
    await takeIn(deps, requests);
    const jobs = await promised(db, matchRequest);

    const outcomes = await whileHeld(db, `update partners set live_leads = 8 where id = '${best.id}'`, () =>
      deliver(deps, matchRequestHandler, jobs),
    );
    expect(outcomes).toEqual([DONE, DONE, DONE]);
    expect((await leadsOf(db)).get(best.id)).toEqual({ capacity: 9, counted: 9, matches: 1 });
    expect(await db.query('select from matches')).toHaveLength(9);
  });
});

test('a partner that stays locked puts matching off, and nothing is written', async () => {
  const { db } = await testDatabase('empty');
  const deps = workerDeps(db);
  await insertPartners(db, [newPartner()]);
  await takeIn(deps, [newRequest()]);
  const jobs = await promised(db, matchRequest);
  const before = await everything(db);
  const outcomes = await db.session(async (holder) => {
    await holder.query('begin');
    await holder.query('select from partners for no key update');
    const told = await deliver(deps, matchRequestHandler, jobs);
    await holder.query('rollback');
    return told;
  });
  expect(outcomes).toMatchObject([{ kind: 'not-now', why: 'locks held elsewhere' }]);
  expect(await everything(db)).toEqual(before);
  expect(await deliver(deps, matchRequestHandler, jobs)).toEqual([DONE]);
});

/** Makes a change and commits it only when the delivery already waits for the changed row. */
async function whileHeld(
  db: Database,
  change: string,
  delivery: () => Promise<Outcome[]>,
): Promise<Outcome[]> {
  return db.session(async (holder) => {
    await holder.query('begin');
    await holder.query(change);
    const outcomes = delivery();
    await until(
      async () => {
        const blocked = await db.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return blocked.length > 0;
      },
      { what: 'matching waiting for the partner', every: 5 },
    );
    await holder.query('commit');
    return outcomes;
  });
}
