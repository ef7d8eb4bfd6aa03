import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { recomputeRanks } from '../../jobs/recompute-ranks.ts';
import { recomputeRanksHandler } from '../../workers/recompute-ranks.ts';
import { type AdminApi, openAdminApi } from '../helpers/admin-api.ts';
import { feedbackToken, insertDeal } from '../helpers/admin-deals.ts';
import { workerDeps } from '../helpers/deps.ts';
import type { Page } from '../helpers/http-catalog.ts';
import { deliver, promised } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

interface SeenReview {
  id: string;
  rating: number;
  comment: string;
  author: string;
  verified: boolean;
  createdAt: string;
  reply: string | null;
  repliedAt: string | null;
}

type Reviews = Page<SeenReview> & { hiddenCount: number };

const UNKNOWN = '00000000-0000-7000-8000-000000000000';

describe('reviews', () => {
  let api: AdminApi;
  beforeAll(async () => {
    api = await openAdminApi('empty');
  });
  afterAll(() => api.close());

  async function partnerWithDeal() {
    const partner = newPartner();
    await insertPartners(api.db, [partner]);
    const deal = await insertDeal(api.db, partner.id);
    return { partner, deal, token: await feedbackToken(api.db, deal.id) };
  }

  const write = (token: string, json: unknown) => api.call<SeenReview>('/reviews', { token, json });
  const of = async (idOrSlug: string, query = '') =>
    (await api.call<Reviews>(`/partners/${idOrSlug}/reviews${query}`)).body;

  it('are written by the client of a deal, and count for its partner', async () => {
    const { partner, deal, token } = await partnerWithDeal();
    const { status, body } = await write(token, { rating: 5, comment: '  Great work!\nThanks.  ' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      rating: 5,
      comment: 'Great work!\nThanks.',
      author: 'Ana S.',
      verified: true,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    const expected = {
      data: [{ ...body, reply: null, repliedAt: null }],
      page: { nextCursor: null },
      hiddenCount: 0,
    };
    expect(await of(partner.id)).toEqual(expected);
    expect(await of(partner.slug)).toEqual(expected);
    const events = await api.db.query('select actor, event, data from deal_events where deal_id = $1', [
      deal.id,
    ]);
    expect(events).toEqual([{ actor: 'client', event: 'reviewed', data: { rating: 5 } }]);
    const jobs = await api.db.query(
      `select id from outbox where job = 'recompute-ranks' and payload = $1::jsonb`,
      [JSON.stringify({ partnerIds: [partner.id] })],
    );
    expect(jobs).toHaveLength(1);
    await deliver(workerDeps(api.db), recomputeRanksHandler, await promised(api.db, recomputeRanks));
    const { body: seen } = await api.call<{ rating: number }>(`/partners/${partner.id}`);
    expect(seen).toMatchObject({ rating: 5, reviewCount: 1, completedProjects: 1 });
  });

  it('need no words', async () => {
    for (const words of [{}, { comment: '' }, { comment: '  ' }, { comment: null }]) {
      const { token } = await partnerWithDeal();
      expect((await write(token, { rating: 1, ...words })).body).toMatchObject({ rating: 1, comment: '' });
    }
  });

  it('are one per deal, also with another token and when many come at once', async () => {
    const { partner, deal, token } = await partnerWithDeal();
    const other = await feedbackToken(api.db, deal.id);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => write(n % 2 ? token : other, { rating: 4 })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array(7).fill(409)]);
    expect((await api.call('/reviews', { token, json: { rating: 1 } })).body).toMatchObject({
      status: 409,
      code: 'already_reviewed',
    });
    expect((await of(partner.id)).data).toHaveLength(1);
    const [events] = await api.db.query<{ n: number }>(
      'select count(*)::int as n from deal_events where deal_id = $1',
      [deal.id],
    );
    expect(events?.n).toBe(1);
  });

  it.each<[string, unknown, string]>([
    ['no rating', { comment: 'x' }, '/rating'],
    ['rating 0', { rating: 0 }, '/rating'],
    ['rating 6', { rating: 6 }, '/rating'],
    ['half a star', { rating: 4.5 }, '/rating'],
    ['a rating in words', { rating: '5' }, '/rating'],
    ['too many words', { rating: 5, comment: 'x'.repeat(5_001) }, '/comment'],
    ['far too many words', { rating: 5, comment: 'x'.repeat(20_000) }, '/comment'],
    ['control characters', { rating: 5, comment: 'a\u0000b' }, '/comment'],
    ['unknown fields', { rating: 5, author: 'Me' }, '/author'],
  ])('are refused with %s', async (_, json, pointer) => {
    const { partner, token } = await partnerWithDeal();
    const { status, body } = await api.call('/reviews', { token, json });
    expect([status, body.errors?.map((error) => error.pointer)]).toEqual([422, [pointer]]);
    expect((await of(partner.id)).data).toEqual([]);
  });

  it('are 401 with no, an unknown, an expired or another kind of token', async () => {
    const { partner, deal } = await partnerWithDeal();
    const expired = await feedbackToken(api.db, deal.id, -1_000);
    const key = await createApiKey(api.db, { role: 'partner', partnerId: partner.id });
    for (const token of ['', 'unknown', expired, key, api.adminKey]) {
      expect((await write(token, { rating: 5 })).status, token).toBe(401);
    }
  });

  it('page from new to old', async () => {
    const { partner, token } = await partnerWithDeal();
    await write(token, { rating: 1, comment: '1' });
    for (const n of [2, 3, 4, 5]) {
      const deal = await insertDeal(api.db, partner.id);
      await write(await feedbackToken(api.db, deal.id), { rating: n, comment: String(n) });
    }
    const seen: number[] = [];
    for (let query = '?limit=2'; query; ) {
      const { data, page } = await of(partner.id, query);
      seen.push(...data.map(({ rating }) => rating));
      query = page.nextCursor ? `?limit=2&cursor=${page.nextCursor}` : '';
    }
    expect(seen).toEqual([5, 4, 3, 2, 1]);
    expect((await api.call(`/partners/${partner.id}/reviews?cursor=abc`)).status).toBe(422);
  });

  it('of nobody are 404', async () => {
    for (const id of [UNKNOWN, 'nobody', '%00', "'--"])
      expect((await api.call(`/partners/${id}/reviews`)).status).toBe(404);
  });

  describe('a reply', () => {
    it('is given once by the partner, and shown', async () => {
      const { partner, token } = await partnerWithDeal();
      const key = await createApiKey(api.db, { role: 'partner', partnerId: partner.id });
      const { id } = (await write(token, { rating: 3 })).body;
      const answer = () => api.call(`/reviews/${id}/reply`, { token: key, json: { text: ' Thank you ' } });
      const answers = await Promise.all([answer(), answer(), answer()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect(answers.find(({ status }) => status === 409)?.body.code).toBe('already_replied');
      const [review] = (await of(partner.id)).data;
      expect(review).toMatchObject({ id, reply: 'Thank you', repliedAt: expect.any(String) });
      expect(answers.find(({ status }) => status === 200)?.body).toEqual(review);
    });

    it('is 404 on another’s review, 401 without a partner’s key, 422 without text', async () => {
      const { partner, token } = await partnerWithDeal();
      const stranger = (await partnerWithDeal()).partner;
      const [own, foreign] = [
        await createApiKey(api.db, { role: 'partner', partnerId: partner.id }),
        await createApiKey(api.db, { role: 'partner', partnerId: stranger.id }),
      ];
      const { id } = (await write(token, { rating: 3 })).body;
      const reply = async (reviewId: string, key: string, json: unknown) =>
        (await api.call(`/reviews/${reviewId}/reply`, { token: key, json })).status;
      expect(await reply(id, foreign, { text: 'Hi' })).toBe(404);
      expect(await reply(UNKNOWN, own, { text: 'Hi' })).toBe(404);
      expect(await reply('x', own, { text: 'Hi' })).toBe(404);
      expect(await reply(id, token, { text: 'Hi' })).toBe(401);
      expect(await reply(id, api.adminKey, { text: 'Hi' })).toBe(401);
      expect(await reply(id, own, { text: '  ' })).toBe(422);
      expect(await reply(id, own, {})).toBe(422);
      expect(await reply(id, own, { text: 'Hi' })).toBe(200);
    });
  });

  it('know no other methods', async () => {
    expect((await api.call('/reviews')).status).toBe(405);
    expect((await api.call(`/reviews/${UNKNOWN}/reply`)).status).toBe(405);
  });
});
