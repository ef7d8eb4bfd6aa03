import { describe, expect, test } from 'vitest';
import { expire } from '../../jobs/expire.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { transaction } from '../../jobs/transaction.ts';
import { createDealHandler } from '../../workers/create-deal.ts';
import { expireHandler } from '../../workers/expire.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { requestFeedbackHandler } from '../../workers/request-feedback.ts';
import { testDatabase } from '../helpers/database.ts';
import { chooses, deliverAll, doCancel, idOf, move } from '../helpers/life-acts.ts';
import { brokenInvariants } from '../helpers/life-invariants.ts';
import {
  dealsOf,
  mailsOf,
  received,
  routed,
  type Story,
  statusOf,
  windowEnds,
} from '../helpers/life-story.ts';
import { promised } from '../helpers/outbox.ts';

const story = async (options: Parameters<typeof routed>[1] = {}): Promise<Story> =>
  routed((await testDatabase('empty')).db, options);
const refuse = async (at: Story, place: number) => expect(await move(place, 'lost')(at)).toBe('ok');

/** Fills what places are to be filled, and opens the deals. */
async function refill(at: Story): Promise<void> {
  await deliverAll(matchRequestHandler)(at);
  await deliverAll(createDealHandler)(at);
  expect(await brokenInvariants(at.db)).toEqual([]);
}

describe('a refused place', () => {
  test('is filled at once by the next best who was not asked, three times, and then no more', async () => {
    const at = await story({ partners: 9 });
    for (const place of [0, 3, 4]) {
      await refuse(at, place);
      expect(await promised(at.db, matchRequest)).toHaveLength(1);
      await refill(at);
    }
    const refused = 'lost other';
    expect(await dealsOf(at)).toEqual({ 0: refused, 1: 'new', 2: 'new', 3: refused, 4: refused, 5: 'new' });
    await refuse(at, 5);
    expect(await promised(at.db, matchRequest)).toEqual([]);
    await refuse(at, 1);
    expect(await statusOf(at)).toBe('routed');
    await refuse(at, 2);
    expect(await statusOf(at)).toBe('invited');
    expect(await mailsOf(at, 'invitation')).toEqual(['invitation 1 client pending']);
    expect(await brokenInvariants(at.db)).toEqual([]);
  });

  test('is filled though another has answered', async () => {
    const at = await story({ partners: 4 });
    await move(1, 'in_progress')(at);
    await refuse(at, 0);
    await refill(at);
    expect(await dealsOf(at)).toMatchObject({ 0: 'lost other', 3: 'new' });
    expect(await statusOf(at)).toBe('answered');
  });

  test('with nobody left to ask stays empty; the client is invited when nobody is left at all', async () => {
    const at = await story();
    for (const place of [0, 1]) {
      await refuse(at, place);
      await refill(at);
      expect(await statusOf(at)).toBe('routed');
    }
    await refuse(at, 2);
    await refill(at);
    expect(await statusOf(at)).toBe('invited');
  });

  test.each([
    { after: 'an invitation', act: (at: Story) => windowEnds(at), status: 'invited' },
    { after: 'a choice', act: chooses(0), status: 'invited' },
    { after: 'a cancel', act: (at: Story) => doCancel(at.deps, at.requestId), status: 'cancelled' },
  ])('is not filled after $after, promised or not', async ({ act, status }) => {
    const at = await story({ partners: 6 });
    await refuse(at, 1);
    await act(at);
    if (status === 'invited') await refuse(at, 0);
    await refill(at);
    expect(Object.keys(await dealsOf(at))).toEqual(['0', '1', '2']);
    expect(await statusOf(at)).toBe(status);
  });

  test('of a manual request is not filled: its client is invited at once', async () => {
    const at = await story({ partners: 4, mode: 'manual' });
    await refuse(at, 0);
    expect(await promised(at.db, matchRequest)).toEqual([]);
    expect(await statusOf(at)).toBe('invited');
    expect(await mailsOf(at, 'invitation')).toEqual(['invitation 1 client pending']);
  });

  test('that was given up after an answer is not filled', async () => {
    const at = await story({ partners: 4 });
    await move(0, 'in_progress')(at);
    await move(0, 'lost')(at);
    expect(await promised(at.db, matchRequest)).toEqual([]);
    expect(await statusOf(at)).toBe('answered');
  });
});

describe('who is told', () => {
  const lost = (place: number) => `lead-closed 1 partner ${place} pending`;

  test.each([
    { what: 'a choice', act: chooses(1), told: [0, 2] },
    { what: 'a Won', act: move(1, 'won'), told: [0, 2] },
    { what: 'a cancel', act: (at: Story) => doCancel(at.deps, at.requestId), told: [0, 1, 2] },
  ])('of $what: those whose deals it closed', async ({ act, told }) => {
    const at = await story();
    await act(at);
    expect(await mailsOf(at, 'lead-closed')).toEqual(told.map(lost));
  });

  test('nobody who has switched it off, nor has got no deal yet', async () => {
    const quiet = await story();
    await quiet.db.query('update partners set notify_lead_closed = false where id = $1', [idOf(quiet, 0)]);
    await chooses(1)(quiet);
    expect(await mailsOf(quiet, 'lead-closed')).toEqual([lost(2)]);
    const unopened = await received((await testDatabase('empty')).db);
    await deliverAll(matchRequestHandler)(unopened);
    await chooses(1)(unopened);
    await deliverAll(createDealHandler)(unopened);
    expect(await mailsOf(unopened, 'lead-%')).toEqual(['lead-new 1 partner 1 pending']);
    expect(await dealsOf(unopened)).toEqual({ 0: 'dropped', 1: 'new', 2: 'dropped' });
  });

  test('the client of a deal won, reopened and won again: asked for feedback once for ever', async () => {
    const at = await story();
    for (const to of ['won', 'in_progress'] as const) await move(0, to)(at);
    await deliverAll(requestFeedbackHandler)(at);
    expect(await mailsOf(at, 'feedback%')).toEqual([]);
    await move(0, 'won')(at);
    await deliverAll(requestFeedbackHandler)(at);
    for (const to of ['in_progress', 'won'] as const) await move(0, to)(at);
    await deliverAll(requestFeedbackHandler)(at);
    expect(await mailsOf(at, 'feedback%')).toEqual(['feedback-request 0 client pending']);
  });
});

describe('a deal that nobody moves for LEAD_EXPIRY', () => {
  const expireAll = async (at: Story) => {
    await transaction(at.deps, 'job test', async (tx) => tx.enqueue(expire, {}));
    await deliverAll(expireHandler)(at);
  };
  const age = (at: Story, place: number) =>
    at.db.query(`update deals set moved_at = now() - interval '30 days' where partner_id = $1`, [
      idOf(at, place),
    ]);

  test('closes as expired and is not replaced; the last one invites the client', async () => {
    const at = await story({ partners: 4 });
    await move(1, 'in_progress')(at);
    for (const place of [0, 1]) await age(at, place);
    await expireAll(at);
    expect(await dealsOf(at)).toEqual({ 0: 'lost expired', 1: 'lost expired', 2: 'new' });
    expect(await promised(at.db, matchRequest)).toEqual([]);
    expect(await statusOf(at)).toBe('answered');
    await age(at, 2);
    await expireAll(at);
    expect(await statusOf(at)).toBe('invited');
    expect(await brokenInvariants(at.db)).toEqual([]);
  });

  test('may be reopened, which counts as its answer', async () => {
    const at = await story({ partners: 1 });
    await age(at, 0);
    await expireAll(at);
    expect(await move(0, 'in_progress')(at)).toBe('ok');
    expect(await statusOf(at)).toBe('answered');
    await expireAll(at);
    expect(await dealsOf(at)).toEqual({ 0: 'in_progress' });
  });
});
