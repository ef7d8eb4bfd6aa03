import { uuidv7 } from 'uuidv7';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connect, type Database } from '../../db/connect.ts';
import { insertOutbox } from '../../db/outbox.ts';
import type { NewRequest } from '../../db/requests.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { transaction } from '../../jobs/transaction.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { everything, leadsOf, matchRecord } from '../helpers/match-record.ts';
import { jobsFor } from '../helpers/match-workers.ts';
import { deliver, promised } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { newRequest, takeIn } from '../helpers/requests.ts';

const DONE = { kind: 'done' };
const DAY = 86_400_000;

/** A database with partners, and requests that wait. */
async function waiting(
  partners = [newPartner(), newPartner(), newPartner(), newPartner()],
  requests = [newRequest()],
) {
  const { url, db } = await testDatabase('empty');
  const deps = workerDeps(db);
  await insertPartners(db, partners);
  await takeIn(deps, requests);
  const match = (ids: string[]) => deliver(deps, matchRequestHandler, ids);
  return { url, db, deps, match, jobs: await jobsFor(db, requests) };
}

describe('a request delivered twice', () => {
  test('one after the other is matched once', async () => {
    const { db, match, jobs } = await waiting();
    expect(await match(jobs)).toEqual([DONE]);
    const once = await everything(db);
    expect(await match(jobs)).toEqual([DONE]);
    expect(await everything(db)).toEqual(once);
    expect(once.matches).toHaveLength(3);
  });

  test('at the same time is matched once', async () => {
    const requests = Array.from({ length: 20 }, () => newRequest());
    const { url, db, deps, match, jobs } = await waiting(undefined, requests);
    const other = connect(url);
    onTestFinished(() => other.close());
    for (const [no, job] of jobs.entries()) {
      const outcomes = await Promise.all([
        match([job]),
        deliver({ ...deps, db: other }, matchRequestHandler, [job]),
      ]);
      const kinds = outcomes.flat().map(({ kind }) => kind);
      expect(kinds).toContain('done');
      expect(['done', 'not-now']).toEqual(expect.arrayContaining(kinds));
      const { matches, draws, mails } = await matchRecord(db, requests[no]?.id ?? '');
      expect([matches.length, draws.length, mails.length]).toEqual([3, 1, 1]);
      const once = await everything(db);
      expect(await match([job])).toEqual([DONE]);
      expect(await everything(db)).toEqual(once);
    }
  });

  test('in one batch is matched once', async () => {
    const { db, match, jobs } = await waiting();
    expect(await match([...jobs, ...jobs])).toEqual([DONE, DONE]);
    expect(await db.query('select from matches')).toHaveLength(3);
  });

  test('as two promises in one batch is matched once, and both are kept', async () => {
    const requests = [newRequest()];
    const { db, deps, match } = await waiting(undefined, requests);
    await promise(deps, requests);
    const both = await promised(db, matchRequest);
    expect(await match(both)).toEqual([DONE, DONE]);
    expect(await db.query('select from matches')).toHaveLength(3);
    expect(await promised(db, matchRequest)).toEqual([]);
  });
});

test.each(['cancelled', 'routed', 'unmatched', 'completed'])(
  'a %s request is not matched',
  async (status) => {
    const { db, match, jobs } = await waiting();
    await db.query('update requests set status = $1', [status]);
    expect(await match(jobs)).toEqual([DONE]);
    expect(await everything(db)).toMatchObject({ draws: [], matches: [], emails: [], outbox: [] });
  },
);

test('a request that does not exist is nobody’s: its row goes', async () => {
  const { db, deps, match, jobs } = await waiting();
  await promise(deps, [newRequest()]);
  const [, missing = ''] = await promised(db, matchRequest);
  expect(await match([missing])).toEqual([DONE]);
  expect(await promised(db, matchRequest)).toEqual(jobs);
});

test('a job whose time has not come is put off until then, and nothing is written', async () => {
  const { db, match, jobs } = await waiting();
  await db.query(`update outbox set run_at = now() + interval '90 seconds'`);
  const before = await everything(db);
  const [outcome] = await match(jobs);
  expect(outcome).toEqual({ kind: 'not-now', ms: expect.any(Number), why: 'not due' });
  const ms = outcome?.kind === 'not-now' ? outcome.ms : 0;
  expect(ms).toBeLessThanOrEqual(90_000);
  expect(ms).toBeGreaterThan(80_000);
  expect(await everything(db)).toEqual(before);
});

test('a job leased to somebody is put off', async () => {
  const { db, match, jobs } = await waiting();
  await db.query(`update outbox set lease = $1, lease_until = now() + interval '30 seconds'`, [uuidv7()]);
  expect(await match(jobs)).toMatchObject([{ kind: 'not-now' }]);
  expect(await db.query('select from matches')).toEqual([]);
});

test.each([
  { what: 'nothing', payload: null },
  { what: 'no id', payload: {} },
  { what: 'an id that is none', payload: { requestId: 'nonsense' } },
  { what: 'more than asked', payload: { requestId: uuidv7(), policy: 'top' } },
])('a payload with $what fails for good, alone in its batch', async ({ payload }) => {
  const { db, match, jobs } = await waiting(undefined, [newRequest(), newRequest(), newRequest()]);
  const poisoned = uuidv7();
  await insertOutbox(db, [{ id: poisoned, job: matchRequest.name, payload, delayMs: 0 }]);
  const [first = '', ...others] = jobs;
  const reason = expect.stringMatching(/^payload does not fit match-request: /);
  expect(await match([first, poisoned, ...others])).toEqual([
    DONE,
    { kind: 'failed', error: expect.objectContaining({ message: reason }) },
    DONE,
    DONE,
  ]);
  expect(await promised(db, matchRequest)).toEqual([poisoned]);
  const [row] = await db.query('select attempts, error, failed_at from outbox where id = $1', [poisoned]);
  expect(row).toEqual({ attempts: 1, error: reason, failed_at: expect.any(Date) });
  expect(await db.query('select from matches')).toHaveLength(9);
});

describe('a manual request', () => {
  const partner = newPartner({ capacity: 1, liveLeads: 1, rank: 1 });
  const manual = newRequest({ mode: 'manual', partnerId: partner.id });

  test('goes to the chosen partner alone, also over its capacity, without a draw', async () => {
    const { db, match, jobs } = await waiting([partner, newPartner(), newPartner()], [manual]);
    expect(await match(jobs)).toEqual([DONE]);
    const record = await matchRecord(db, manual.id);
    expect(record).toMatchObject({
      status: 'routed',
      answerDueMs: 3 * DAY,
      followUpsMs: [DAY],
      draws: [],
      matches: [{ partnerId: partner.id, drawNo: null, reasons: [{ code: 'chosen-by-client' }] }],
      mails: [{ template: 'request-routed', partnerId: null, windowNo: 1 }],
    });
    expect(record.dealsFor).toEqual(record.matches.map(({ id }) => id));
    expect(record.mailsToSend).toEqual(record.mails.map(({ id }) => id));
    expect((await leadsOf(db)).get(partner.id)).toEqual({ capacity: 1, counted: 2, matches: 1 });
  });

  test('delivered twice goes there once', async () => {
    const { db, match, jobs } = await waiting([partner], [manual]);
    await match(jobs);
    const once = await everything(db);
    expect(await match(jobs)).toEqual([DONE]);
    expect(await everything(db)).toEqual(once);
  });
});

/** Promises to match requests, be they there or not. */
async function promise(deps: { db: Database }, requests: NewRequest[]): Promise<void> {
  await transaction({ ...deps, queues: { dispatch: () => undefined } }, 'job test', async (tx) => {
    for (const { id } of requests) tx.enqueue(matchRequest, { requestId: id });
  });
}
