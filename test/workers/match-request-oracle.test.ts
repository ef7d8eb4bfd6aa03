import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Database } from '../../db/connect.ts';
import type { NewRequest } from '../../db/requests.ts';
import { type MatchingPolicy, POLICY_VERSION, pick } from '../../domain/matching.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import type { WorkerDeps } from '../../workers/handler.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { catalog, RUNS, requests } from '../helpers/match-arbitraries.ts';
import { expectedFor } from '../helpers/match-oracle.ts';
import { emptyTables, leadsOf, type MatchRecord, matchRecord } from '../helpers/match-record.ts';
import { deliver, promised } from '../helpers/outbox.ts';
import { insertPartners, type TestPartner } from '../helpers/partners.ts';
import { takeIn } from '../helpers/requests.ts';

const DAY = 86_400_000;
const TIMEOUT = 30_000 + RUNS * 1_000;

describe.each<MatchingPolicy>(['balanced', 'top'])('matching by policy %s', (policy) => {
  test(`is what a search through all partners finds, over ${RUNS} catalogs`, {
    timeout: TIMEOUT,
  }, async () => {
    const { db } = await testDatabase('empty');
    const deps = workerDeps(db, {}, { MATCHING_POLICY: policy });
    const seen = { none: 0, fewer: 0, three: 0, beyond24: 0 };
    await fc.assert(
      fc.asyncProperty(catalog, requests, async (partners, asked) => {
        await emptyTables(db);
        await insertPartners(db, partners);
        const books = structuredClone(partners);
        for (const request of asked) {
          await takeInAndDeliver(deps, [request]);
          const record = await matchRecord(db, request.id);
          const eligible = checkAgainstOracle(record, request, books, policy);
          for (const partner of books)
            if (record.matches.some(({ partnerId }) => partnerId === partner.id)) partner.liveLeads += 1;
          seen[eligible === 0 ? 'none' : eligible < 3 ? 'fewer' : eligible > 24 ? 'beyond24' : 'three'] += 1;
        }
        expect(await countedLeads(db)).toEqual(new Map(books.map(({ id, liveLeads }) => [id, liveLeads])));
      }),
      { numRuns: RUNS },
    );
    // A few runs may miss some kind of request; the usual number never did.
    if (RUNS >= 100) for (const times of Object.values(seen)) expect(times).toBeGreaterThan(0);
  });

  test('of a batch is the same as one by one, while nobody runs out', { timeout: TIMEOUT }, async () => {
    const { db } = await testDatabase('empty');
    const deps = workerDeps(db, {}, { MATCHING_POLICY: policy });
    await fc.assert(
      fc.asyncProperty(catalog, requests, async (some, asked) => {
        const partners = some.map((partner) => ({ ...partner, capacity: null }));
        const inOrder = asked.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        const matchAll = async (groups: NewRequest[][]) => {
          await emptyTables(db);
          await insertPartners(db, partners);
          for (const group of groups) await takeInAndDeliver(deps, group);
          const drawn = `select request_id, no, policy, seed, eligible, candidates, picked from draws order by 1`;
          return { draws: await db.query(drawn), leads: await countedLeads(db) };
        };
        expect(await matchAll([inOrder])).toEqual(await matchAll(inOrder.map((request) => [request])));
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });
});

async function takeInAndDeliver(deps: WorkerDeps, asked: NewRequest[]): Promise<void> {
  await takeIn(deps, asked);
  const outcomes = await deliver(deps, matchRequestHandler, await promised(deps.db, matchRequest));
  expect(outcomes).toEqual(asked.map(() => ({ kind: 'done' })));
  expect(await promised(deps.db, matchRequest)).toEqual([]);
}

async function countedLeads(db: Database): Promise<Map<string, number>> {
  return new Map([...(await leadsOf(db))].map(([id, { counted }]) => [id, counted]));
}

/** Compares all that was written with what should have been; says how many were eligible. */
function checkAgainstOracle(
  record: MatchRecord,
  request: NewRequest,
  books: TestPartner[],
  policy: MatchingPolicy,
): number {
  const { eligible, candidates } = expectedFor(request, books);
  const ids = candidates.map(({ id }) => id);
  const topWeights = ids.map((id, index) => ({ id, weight: index < 3 ? 1 : 0 }));
  const [draw] = record.draws;
  if (!draw) throw new Error('there is no draw');
  expect(record.draws).toHaveLength(1);
  expect(draw).toEqual({
    no: 1,
    policy,
    policyVersion: POLICY_VERSION,
    seed: `${request.id}/1`,
    eligible: eligible.length,
    candidates: policy === 'top' ? topWeights : candidates,
    picked: policy === 'top' ? ids.slice(0, 3) : pick(candidates, draw.seed, 3),
  });
  // The record alone is enough.
  expect(pick(draw.candidates, draw.seed, 3)).toEqual(draw.picked);
  expect(new Set(draw.picked).size).toBe(Math.min(3, eligible.length));
  for (const id of draw.picked) expect(eligible.map((each) => each.id)).toContain(id);

  expect(record.matches.map(({ partnerId }) => partnerId)).toEqual(draw.picked);
  checkPromises(record);
  return eligible.length;
}

/** What follows from having matches, or none. */
function checkPromises(record: MatchRecord): void {
  const routed = record.matches.length > 0;
  expect(record.status).toBe(routed ? 'routed' : 'unmatched');
  expect(record.answerDueMs).toBe(routed ? 3 * DAY : null);
  expect(record.followUpsMs).toEqual(routed ? [DAY] : []);
  expect(record.matches.every(({ drawNo }) => drawNo === 1)).toBe(true);
  expect(record.dealsFor).toEqual(record.matches.map(({ id }) => id));
  const template = routed ? 'request-routed' : 'request-unmatched';
  expect(record.mails).toMatchObject([{ template, partnerId: null, matchId: null, windowNo: 1 }]);
  expect(record.mailsToSend).toEqual(record.mails.map(({ id }) => id));
}
