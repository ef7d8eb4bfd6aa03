import { describe, expect, test } from 'vitest';
import { followUp } from '../../jobs/follow-up.ts';
import { createDealHandler } from '../../workers/create-deal.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { sendEmailHandler } from '../../workers/send-email.ts';
import { testDatabase } from '../helpers/database.ts';
import { chooses, deliverAll, doCancel, doForward, idOf, move } from '../helpers/life-acts.ts';
import { brokenInvariants } from '../helpers/life-invariants.ts';
import { dealsOf, mailsOf, routed, type Story, statusOf, windowEnds } from '../helpers/life-story.ts';
import { promised } from '../helpers/outbox.ts';

const THIRDS = [1 / 3, 2 / 3];

const story = async (options: Parameters<typeof routed>[1] = {}): Promise<Story> =>
  routed((await testDatabase('empty')).db, options);
const send = deliverAll(sendEmailHandler);
const forward = (place: number) => async (at: Story) => {
  expect(await doForward(at.deps, at.requestId, idOf(at, place))).toBe('ok');
  await deliverAll(createDealHandler)(at);
};
const captured = async ({ db }: Story, template: string) =>
  (await db.query('select from captured_mails where template = $1', [template])).length;

/** How long after now the follow-up is due, as parts of the answer window. */
async function dueIn({ db, deps }: Story): Promise<number[]> {
  const rows = await db.query<{ ms: number }>(
    `select (extract(epoch from run_at - now()) * 1000)::float8 as ms from outbox where job = 'follow-up' order by run_at`,
  );
  return rows.map(({ ms }) => Math.round((ms / deps.settings.answerWindowMs) * 100) / 100);
}

describe('while nobody answers', () => {
  test('silent partners are nudged at a third and at two thirds, then the client is invited, once', async () => {
    const at = await story();
    expect(await dueIn(at)).toEqual([0.33]);
    await windowEnds(at, [1 / 3]);
    const first = [0, 1, 2].map((place) => `lead-nudge-1 1 partner ${place} pending`);
    expect(await mailsOf(at, 'lead-nudge%')).toEqual(first);
    expect(await dueIn(at)).toEqual([0.33]);
    await windowEnds(at, [2 / 3]);
    const second = [0, 1, 2].map((place) => `lead-nudge-2 1 partner ${place} pending`);
    expect(await mailsOf(at, 'lead-nudge%')).toEqual([...first, ...second]);
    expect(await dueIn(at)).toEqual([0.33]);
    expect(await statusOf(at)).toBe('routed');
    await send(at);
    expect(await captured(at, 'lead-nudge')).toBe(6);
    await windowEnds(at);
    expect(await statusOf(at)).toBe('invited');
    expect(await mailsOf(at, 'invitation')).toEqual(['invitation 1 client pending']);
    expect(await promised(at.db, followUp)).toEqual([]);
    await send(at);
    expect(await captured(at, 'invitation')).toBe(1);
    expect(await brokenInvariants(at.db)).toEqual([]);
  });

  test('who has refused, and who wants no nudges, gets none', async () => {
    const at = await story();
    await at.db.query('update partners set notify_lead_nudge = false where id = $1', [idOf(at, 1)]);
    await move(0, 'lost')(at);
    await windowEnds(at, THIRDS);
    expect(await mailsOf(at, 'lead-nudge%')).toEqual([
      'lead-nudge-1 1 partner 2 pending',
      'lead-nudge-2 1 partner 2 pending',
    ]);
  });

  test('a follow-up that comes late nudges for the third that it is, or invites without nudging', async () => {
    const late = await story();
    await windowEnds(late, [2 / 3]);
    expect(await mailsOf(late, 'lead-nudge%')).toEqual(
      [0, 1, 2].map((place) => `lead-nudge-2 1 partner ${place} pending`),
    );
    const later = await story();
    await windowEnds(later);
    expect(await mailsOf(later, 'lead-nudge%')).toEqual([]);
    expect(await statusOf(later)).toBe('invited');
  });

  test('a replacement does not start the window anew', async () => {
    const at = await story({ partners: 4 });
    const due = () => at.db.query('select answer_due_at from requests');
    const before = await due();
    await move(0, 'lost')(at);
    await deliverAll(matchRequestHandler)(at);
    expect((await dealsOf(at))[3]).toBe('unopened');
    expect(await due()).toEqual(before);
    expect(await dueIn(at)).toEqual([0.33]);
  });
});

describe('mails that need not be sent any more', () => {
  const endings = [
    { what: 'an answer', act: move(0, 'in_progress') },
    { what: 'a Won', act: move(0, 'won') },
    { what: 'a choice', act: chooses(0) },
    { what: 'a cancel', act: (at: Story) => doCancel(at.deps, at.requestId) },
    { what: 'a forward', act: forward(3) },
  ];

  test.each(endings)('after $what no invitation and no nudge is sent', async ({ act }) => {
    const at = await story({ partners: 4 });
    await windowEnds(at, [...THIRDS, 1]);
    await act(at);
    const mails = [...(await mailsOf(at, 'invitation')), ...(await mailsOf(at, 'lead-nudge%'))];
    expect(mails).toHaveLength(7);
    expect(mails.filter((mail) => !mail.endsWith('superseded'))).toEqual([]);
    await send(at);
    expect([await captured(at, 'invitation'), await captured(at, 'lead-nudge')]).toEqual([0, 0]);
    expect(await promised(at.db, sendEmailHandler.job)).toEqual([]);
    expect(await brokenInvariants(at.db)).toEqual([]);
  });

  test.each(endings.slice(0, 4))('after $what in time the follow-up does nothing', async ({ act }) => {
    const at = await story();
    await act(at);
    await windowEnds(at, [...THIRDS, 1]);
    expect([...(await mailsOf(at, 'invitation')), ...(await mailsOf(at, 'lead-nudge%'))]).toEqual([]);
    expect(await promised(at.db, followUp)).toEqual([]);
  });
});

describe('after an invitation', () => {
  test('a late answer counts, and when it is withdrawn the next invitation is a mail of its own', async () => {
    const at = await story({ partners: 1 });
    await windowEnds(at);
    await send(at);
    await move(0, 'in_progress')(at);
    expect(await statusOf(at)).toBe('answered');
    await move(0, 'lost')(at);
    expect(await statusOf(at)).toBe('invited');
    expect(await mailsOf(at, 'invitation')).toEqual([
      'invitation 1 client sent',
      'invitation 2 client pending',
    ]);
    expect(await brokenInvariants(at.db)).toEqual([]);
  });

  test('a choice that fails leads to an invitation of its own', async () => {
    const at = await story();
    await windowEnds(at);
    await send(at);
    await chooses(0)(at);
    await move(0, 'lost')(at);
    expect(await mailsOf(at, 'invitation')).toEqual([
      'invitation 1 client sent',
      'invitation 2 client pending',
    ]);
  });

  test('a forward starts a new window with its own nudges and invitation; the old follow-up does nothing', async () => {
    const at = await story({ partners: 4 });
    await windowEnds(at);
    await forward(3)(at);
    expect(await statusOf(at)).toBe('routed');
    expect(await dueIn(at)).toEqual([0.33]);
    await at.db.query(
      `insert into outbox (id, job, payload, run_at, sweep_at)
       values (gen_random_uuid(), 'follow-up', jsonb_build_object('requestId', $1::text, 'windowNo', 1), now(), now())`,
      [at.requestId],
    );
    await windowEnds(at, [...THIRDS, 1]);
    const nudges = [1, 2].flatMap((no) =>
      [0, 1, 2, 3].map((place) => `lead-nudge-${no} 2 partner ${place} pending`),
    );
    expect(await mailsOf(at, 'lead-nudge%')).toEqual(nudges);
    expect(await mailsOf(at, 'invitation')).toEqual([
      'invitation 1 client superseded',
      'invitation 2 client pending',
    ]);
    expect(await brokenInvariants(at.db)).toEqual([]);
  });

  test('a forward to a partner already asked changes nothing', async () => {
    const at = await story({ partners: 4 });
    await windowEnds(at);
    const picture = async () => [await dealsOf(at), await mailsOf(at), await statusOf(at), await dueIn(at)];
    const before = await picture();
    for (const place of [0, 2]) expect(await doForward(at.deps, at.requestId, idOf(at, place))).toBe('ok');
    expect(await picture()).toEqual(before);
  });

  test('a forward to a partner who does not accept, or to nobody, changes nothing', async () => {
    const at = await story({ partners: 4 });
    await windowEnds(at);
    await at.db.query('update partners set accepting = false where id = $1', [idOf(at, 3)]);
    expect(await doForward(at.deps, at.requestId, idOf(at, 3))).toBe('not_accepting');
    expect(await doForward(at.deps, at.requestId, crypto.randomUUID())).toBe('unknown_partner');
    expect(await statusOf(at)).toBe('invited');
  });
});
