import { describe, expect, test } from 'vitest';
import type { NewRequest } from '../../db/requests.ts';
import type { MatchingPolicy } from '../../domain/matching.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import type { WorkerDeps } from '../../workers/handler.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { emptyTables, leadsOf, matchRecord } from '../helpers/match-record.ts';
import { deliverUntilDone, jobsFor, matchWorker } from '../helpers/match-workers.ts';
import { deliver, promised } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { newRequest, takeIn } from '../helpers/requests.ts';

const ROUNDS = 30;

const some = (count: number) => Array.from({ length: count }, () => newRequest());
const unlimited = (count: number) => Array.from({ length: count }, () => newPartner({ rank: 40 }));

/** Whom each request was sent to, in order. */
async function partnersOf({ db }: Pick<WorkerDeps, 'db'>, requests: NewRequest[]): Promise<string[][]> {
  const records = await Promise.all(requests.map(({ id }) => matchRecord(db, id)));
  return records.map(({ matches }) => matches.map(({ partnerId }) => partnerId));
}

describe('one batch', () => {
  test('gives the last place to one of two requests; the other gets the next best', async () => {
    const { db } = await testDatabase('empty');
    const deps = workerDeps(db, {}, { MATCHING_POLICY: 'top' });
    const last = newPartner({ rank: 90, capacity: 2, liveLeads: 1 });
    const others = [80, 70, 60].map((rank) => newPartner({ rank }));
    await insertPartners(db, [last, ...others]);
    const two = some(2);
    await takeIn(deps, two);
    const outcomes = await deliver(deps, matchRequestHandler, await promised(db, matchRequest));
    expect(outcomes).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    const [second, third, fourth] = others.map(({ id }) => id);
    expect(await partnersOf(deps, two)).toEqual([
      [last.id, second, third],
      [second, third, fourth],
    ]);
    expect((await leadsOf(db)).get(last.id)).toEqual({ capacity: 2, counted: 2, matches: 1 });
  });

  test('leaves the second request unmatched when there is but one place in all', async () => {
    const { db } = await testDatabase('empty');
    const deps = workerDeps(db);
    const only = newPartner({ capacity: 1 });
    await insertPartners(db, [only]);
    const two = some(2);
    await takeIn(deps, two);
    await deliver(deps, matchRequestHandler, await promised(db, matchRequest));
    expect(await partnersOf(deps, two)).toEqual([[only.id], []]);
    const [routed, unmatched] = await Promise.all(two.map(({ id }) => matchRecord(db, id)));
    expect(routed).toMatchObject({ status: 'routed', mails: [{ template: 'request-routed' }] });
    expect(unmatched).toMatchObject({
      status: 'unmatched',
      answerDueMs: null,
      draws: [{ eligible: 0, candidates: [], picked: [] }],
      mails: [{ template: 'request-unmatched' }],
    });
  });

  test.each<MatchingPolicy>(['top', 'balanced'])(
    'of 50 requests fills the three places of the best and sends all to three partners (%s)',
    async (policy) => {
      const { db } = await testDatabase('empty');
      const deps = workerDeps(db, {}, { MATCHING_POLICY: policy });
      const best = newPartner({ rank: 100, capacity: 3 });
      await insertPartners(db, [best, ...unlimited(4)]);
      const fifty = some(50);
      await takeIn(deps, fifty);
      const outcomes = await deliver(deps, matchRequestHandler, await promised(db, matchRequest));
      expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['done']));
      const routes = await partnersOf(deps, fifty);
      expect(routes.every((partners) => new Set(partners).size === 3)).toBe(true);
      expect(routes.filter((partners) => partners.includes(best.id))).toHaveLength(3);
      expect((await leadsOf(db)).get(best.id)).toEqual({ capacity: 3, counted: 3, matches: 3 });
    },
  );

  // A manual match "counts as a lead", but the batch gives its place away once more: the automated match,
  // later in the same batch, takes the partner over its capacity. One after the other it goes well.
  test('counts a lead that a client chose before it gives the last place away', async () => {
    const { db } = await testDatabase('empty');
    const deps = workerDeps(db);
    const partner = newPartner({ capacity: 1 });
    await insertPartners(db, [partner]);
    const chosen = newRequest({ mode: 'manual', partnerId: partner.id });
    const automated = newRequest();
    await takeIn(deps, [chosen, automated]);
    await deliver(deps, matchRequestHandler, await promised(db, matchRequest));
    expect(await partnersOf(deps, [chosen, automated])).toEqual([[partner.id], []]);
  });

  // z.uuid() takes capitals, Postgres answers in small letters: the request that is left is not found among
  // the jobs, so its row goes and it waits as `received` for ever. Nobody promises such an id today.
  test('matches a request that lost its place also when its job says the id in capitals', async () => {
    const { db } = await testDatabase('empty');
    const deps = workerDeps(db);
    await insertPartners(db, [newPartner({ capacity: 1 })]);
    const two = some(2);
    await takeIn(deps, two);
    await db.query(
      `update outbox set payload = jsonb_build_object('requestId', upper(payload ->> 'requestId'))`,
    );
    const ids = await promised(db, matchRequest);
    expect(await deliver(deps, matchRequestHandler, ids)).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    const records = await Promise.all(two.map(({ id }) => matchRecord(db, id)));
    expect(records.map(({ status }) => status)).toEqual(['routed', 'unmatched']);
  });
});

describe('two workers at once', () => {
  test('never share the last place', async () => {
    const { url, db } = await testDatabase('empty');
    const workers = [matchWorker(url), matchWorker(url)];
    for (let round = 0; round < ROUNDS; round += 1) {
      await emptyTables(db);
      const last = newPartner({ rank: 100, capacity: 1 });
      await insertPartners(db, [last, ...unlimited(2)]);
      const two = some(2);
      await takeIn({ db, queues: { dispatch: () => undefined } }, two);
      const ids = await jobsFor(db, two);
      await Promise.all(workers.map(({ deps }, no) => deliverUntilDone(deps, ids.slice(no, no + 1))));
      const routes = await partnersOf({ db }, two);
      expect(routes.map((partners) => partners.length).sort()).toEqual([2, 3]);
      expect((await leadsOf(db)).get(last.id)).toEqual({ capacity: 1, counted: 1, matches: 1 });
    }
    expect(workers.flatMap(({ errorCodes }) => errorCodes)).toEqual([]);
  });

  test(`match overlapping batches without a deadlock, over ${ROUNDS} rounds`, async () => {
    const { url, db } = await testDatabase('empty');
    const workers = [matchWorker(url), matchWorker(url)];
    for (let round = 0; round < ROUNDS; round += 1) {
      await emptyTables(db);
      const limited = [0, 1, 2, 3, 4, 5].map((capacity) => newPartner({ capacity, rank: 60 + capacity }));
      await insertPartners(db, [...unlimited(3), ...limited]);
      // One in six goes where its client says, whatever the capacity there.
      const requests = some(24).map((request, no) =>
        no % 6 === 0 ? newRequest({ mode: 'manual', partnerId: limited[no / 6]?.id ?? null }) : request,
      );
      await takeIn({ db, queues: { dispatch: () => undefined } }, requests);
      const ids = await jobsFor(db, requests);
      // Every other job to the other worker: both want the same partners, in another order of requests.
      await Promise.all(
        workers.map(({ deps }, no) =>
          deliverUntilDone(deps, ids.filter((_, index) => index % 2 === no).reverse()),
        ),
      );

      expect(await promised(db, matchRequest)).toEqual([]);
      const routes = await partnersOf({ db }, requests);
      for (const [no, partners] of routes.entries())
        expect(new Set(partners).size).toBe(requests[no]?.mode === 'manual' ? 1 : 3);
      const drawn = routes.filter((_, no) => requests[no]?.mode === 'automated').flat();
      for (const [id, { capacity, counted, matches }] of await leadsOf(db)) {
        expect(counted).toBe(matches);
        if (capacity !== null)
          expect(drawn.filter((each) => each === id).length).toBeLessThanOrEqual(capacity);
      }
    }
    // 40P01 (deadlock) and 55P03 (lock not had in time) would be among them.
    expect(workers.flatMap(({ errorCodes }) => errorCodes)).toEqual([]);
  });
});
