import { describe, expect, test } from 'vitest';
import { type DealKind, MOVES } from '../../domain/deal-life.ts';
import { LIFE, type RequestStatus } from '../../domain/request-life.ts';
import { recomputeRanks } from '../../jobs/recompute-ranks.ts';
import { requestFeedback } from '../../jobs/request-feedback.ts';
import { testDatabase } from '../helpers/database.ts';
import { chooses, doCancel, doForward, doMove, doWiden, idOf, matchId, move } from '../helpers/life-acts.ts';
import { brokenInvariants } from '../helpers/life-invariants.ts';
import {
  dealsOf,
  deliverJob,
  received,
  routed,
  type Story,
  statusOf,
  windowEnds,
} from '../helpers/life-story.ts';
import { promised } from '../helpers/outbox.ts';

const KINDS: DealKind[] = ['new', 'in_progress', 'won', 'lost'];
const STATUSES = Object.keys(LIFE) as RequestStatus[];

interface Seen {
  version: number;
  kind: string;
  reason: string | null;
  answered: boolean;
  leads: number;
  events: string[];
}

async function dealOf(story: Story, place = 0): Promise<Seen> {
  const id = await matchId(story.db, story.requestId, idOf(story, place));
  const [seen] = await story.db.query<Seen>(
    `select d.version, d.kind, d.lost_reason as reason, d.answered_at is not null as answered, p.live_leads as leads,
       array(select actor || ' ' || event || coalesce(' ' || (data ->> 'from') || ' ' || (data ->> 'to'), '')
         from deal_events where deal_id = d.id order by id) as events
     from deals d join partners p on p.id = d.partner_id where d.id = $1`,
    [id],
  );
  if (!seen) throw new Error('no deal');
  return seen;
}

/** A request of which the first partner's deal stands in a stage of a kind. */
async function withDeal(kind: DealKind): Promise<Story> {
  const story = await routed((await testDatabase('empty')).db);
  if (kind !== 'new') expect(await move(0, kind)(story)).toBe('ok');
  return story;
}

describe('a deal goes', () => {
  const cells = KINDS.flatMap((from) =>
    KINDS.map((to) => ({ from, to, means: MOVES[from][to] ?? 'nothing' })),
  );

  test.each(cells)('from $from to $to, which means $means', async ({ from, to, means }) => {
    const story = await withDeal(from);
    const before = await dealOf(story);
    const status = await statusOf(story);
    const answer = await doMove(story.deps, story.requestId, idOf(story, 0), to, {
      lostReason: to === 'lost' ? 'budget_too_low' : undefined,
      version: before.version,
    });
    expect(await brokenInvariants(story.db)).toEqual([]);
    const after = await dealOf(story);
    if (means === 'nothing') {
      expect(answer).toBe('not_possible');
      expect(after).toEqual(before);
      expect(await statusOf(story)).toBe(status);
      return;
    }
    expect(answer).toBe('ok');
    expect(after).toEqual({
      version: before.version + 1,
      kind: to,
      reason: to === 'lost' ? 'budget_too_low' : null,
      answered: before.answered || ['answer', 'win', 'reopening'].includes(means),
      leads: to === 'new' || to === 'in_progress' ? 1 : 0,
      events: [...before.events, `partner ${means === 'reopening' ? 'reopened' : 'moved'} ${from} ${to}`],
    });
    const leads = { within: status, withdrawal: status, refusal: 'routed', answer: 'answered' };
    const next = { ...leads, win: 'completed', reopening: 'answered' }[means];
    expect(await statusOf(story)).toBe(next);
    expect((await promised(story.db, requestFeedback)).length).toBe(from === 'won' || to === 'won' ? 1 : 0);
    const ranks = (to === 'won' && from !== 'won' ? 1 : 0) + (from === 'won' ? 1 : 0);
    expect((await promised(story.db, recomputeRanks)).length).toBe(
      from === 'won' && means === 'reopening' ? 2 : ranks,
    );
  });

  test('nowhere for somebody who saw another version: nothing changes', async () => {
    const story = await withDeal('new');
    for (const version of [0, 2]) {
      expect(await doMove(story.deps, story.requestId, idOf(story, 0), 'won', { version })).toBe('stale');
    }
    expect(await dealOf(story)).toMatchObject({ version: 1, kind: 'new' });
    expect(await doMove(story.deps, story.requestId, idOf(story, 0), 'in_progress', { version: 1 })).toBe(
      'ok',
    );
    expect(await doMove(story.deps, story.requestId, idOf(story, 0), 'won', { version: 1 })).toBe('stale');
  });

  test('to lost for the reason `other` when its partner gives none', async () => {
    const story = await withDeal('new');
    await move(0, 'lost')(story);
    expect(await dealOf(story)).toMatchObject({ reason: 'other', answered: false });
  });
});

/** Brings a request into a status; the first partner has a live deal, or the won one, where there is one. */
async function inStatus(status: RequestStatus): Promise<Story> {
  const { db } = await testDatabase('empty');
  if (status === 'received') return received(db, { partners: 5 });
  if (status === 'unmatched') {
    const story = await received(db, { partners: 5 });
    await db.query("update requests set country = 'AR'");
    await deliverJob(story.deps, 'match-request');
    return story;
  }
  const story = await routed(db, { partners: 5 });
  if (status === 'answered') await move(0, 'in_progress')(story);
  if (status === 'invited') await windowEnds(story);
  if (status === 'chosen') await chooses(0)(story);
  if (status === 'completed') await move(0, 'won')(story);
  if (status === 'cancelled') await doCancel(story.deps, story.requestId);
  return story;
}

/** What a client does, with the event that it is to the request, and how it is refused. */
const CLIENT = {
  choose: { event: 'chosen', no: 'not_possible', run: chooses(1) },
  cancel: { event: 'cancelled', no: 'not_possible', run: (s: Story) => doCancel(s.deps, s.requestId) },
  forward: {
    event: 'forwarded',
    no: 'not_invited',
    run: (s: Story) => doForward(s.deps, s.requestId, idOf(s, 4)),
  },
  widen: {
    event: 'widened',
    no: 'not_unmatched',
    run: (s: Story) => doWiden(s.deps, s.requestId, { country: null }),
  },
} as const;

describe('a request that is', () => {
  const cells = STATUSES.flatMap((status) =>
    Object.entries(CLIENT).map(([name, { event, no, run }]) => {
      return { status, name, next: LIFE[status][event], no, run };
    }),
  );

  test.each(cells)('$status is $next after a try to $name', async ({ status, name, next, no, run }) => {
    const story = await inStatus(status);
    expect(await statusOf(story)).toBe(status);
    const answer = await run(story);
    expect(await brokenInvariants(story.db)).toEqual([]);
    if (next) {
      expect([answer, await statusOf(story)]).toEqual(['ok', next]);
      return;
    }
    const asked = name !== 'choose' || (status !== 'received' && status !== 'unmatched');
    const again = name === 'cancel' && status === 'cancelled';
    expect(answer).toBe(again ? 'ok' : asked ? no : 'not_asked');
    expect(await statusOf(story)).toBe(status);
  });

  test.each(STATUSES.filter((status) => LIFE[status].won))('$0, on a Won: completed', async (status) => {
    const story = await inStatus(status);
    expect(await move(0, 'won')(story)).toBe('ok');
    expect(await statusOf(story)).toBe('completed');
    const others =
      status === 'chosen' ? {} : { 1: 'lost client_chose_another', 2: 'lost client_chose_another' };
    expect(await dealsOf(story)).toMatchObject({ 0: 'won', ...others });
    expect(await brokenInvariants(story.db)).toEqual([]);
  });

  test.each(STATUSES.filter((status) => LIFE[status].answered))(
    '$0, on an answer: as LIFE says',
    async (status) => {
      const story = await inStatus(status);
      const place = status === 'answered' ? 1 : 0;
      expect(await move(place, 'in_progress')(story)).toBe('ok');
      expect(await statusOf(story)).toBe(LIFE[status].answered);
      expect(await brokenInvariants(story.db)).toEqual([]);
    },
  );

  test('completed goes back to chosen when the chosen deal is reopened, else to answered', async () => {
    const chosen = await inStatus('chosen');
    await move(0, 'won')(chosen);
    expect(await move(0, 'in_progress')(chosen)).toBe('ok');
    expect(await statusOf(chosen)).toBe('chosen');
    const story = await inStatus('completed');
    expect(await move(0, 'in_progress')(story)).toBe('ok');
    expect(await statusOf(story)).toBe('answered');
    expect(await move(1, 'in_progress')(story)).toBe('client_chose_another');
    expect(await brokenInvariants(story.db)).toEqual([]);
  });
});
