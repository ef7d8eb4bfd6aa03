import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recomputeRanks } from '../../jobs/recompute-ranks.ts';
import { recomputeRanksHandler } from '../../workers/recompute-ranks.ts';
import { type AdminApi, openAdminApi } from '../helpers/admin-api.ts';
import { feedbackToken, insertDeal } from '../helpers/admin-deals.ts';
import { workerDeps } from '../helpers/deps.ts';
import { deliver, promised } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const UNKNOWN = '00000000-0000-7000-8000-000000000000';

interface Moderated {
  id: string;
  dealId: string;
  partnerId: string;
  hiddenAt: string | null;
  hiddenReason: string | null;
}

describe('moderation', () => {
  let api: AdminApi;
  beforeAll(async () => {
    api = await openAdminApi('empty');
  });
  afterAll(() => api.close());

  /** A partner with reviews of these ratings, ranked. */
  async function reviewed(...ratings: number[]) {
    const partner = newPartner();
    await insertPartners(api.db, [partner]);
    const ids: string[] = [];
    for (const rating of ratings) {
      const deal = await insertDeal(api.db, partner.id);
      const token = await feedbackToken(api.db, deal.id);
      ids.push((await api.call<{ id: string }>('/reviews', { token, json: { rating } })).body.id);
    }
    await work();
    return { partner, ids };
  }

  async function work(): Promise<number> {
    const ids = await promised(api.db, recomputeRanks);
    if (ids.length > 0) await deliver(workerDeps(api.db), recomputeRanksHandler, ids);
    return ids.length;
  }

  const seen = async (partnerId: string) => {
    const { body } = await api.call<{ rating: number | null; reviewCount: number }>(`/partners/${partnerId}`);
    const list = await api.call<{ data: { id: string }[]; hiddenCount: number }>(
      `/partners/${partnerId}/reviews`,
    );
    const { hiddenCount, data } = list.body;
    return { rating: body.rating, count: body.reviewCount, hiddenCount, ids: data.map(({ id }) => id) };
  };

  it('hides a review for a reason and restores it; each turn counts for the rank once', async () => {
    const { partner, ids } = await reviewed(5, 1);
    const [good = '', bad = ''] = ids;
    expect(await seen(partner.id)).toEqual({ rating: 3, count: 2, hiddenCount: 0, ids: [bad, good] });

    const hide = () => api.admin<Moderated>(`/reviews/${bad}/hide`, { json: { reason: 'Insults a person' } });
    const first = await hide();
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      id: bad,
      partnerId: partner.id,
      hiddenReason: 'Insults a person',
      hiddenAt: expect.any(String),
    });
    for (const again of await Promise.all([hide(), hide()])) expect(again.body).toEqual(first.body);
    expect(await work()).toBe(1);
    expect(await seen(partner.id)).toEqual({ rating: 5, count: 1, hiddenCount: 1, ids: [good] });

    const reworded = await api.admin<Moderated>(`/reviews/${bad}/hide`, {
      json: { reason: 'Not about work' },
    });
    expect(reworded.body).toEqual({ ...first.body, hiddenReason: 'Not about work' });
    expect(await work()).toBe(0);

    const restore = () => api.admin<Moderated>(`/reviews/${bad}/restore`, { method: 'POST' });
    for (const restored of [await restore(), await restore()]) {
      expect([restored.status, restored.body.hiddenAt, restored.body.hiddenReason]).toEqual([
        200,
        null,
        null,
      ]);
    }
    expect(await work()).toBe(1);
    expect(await seen(partner.id)).toEqual({ rating: 3, count: 2, hiddenCount: 0, ids: [bad, good] });
  });

  it('needs a reason and a review', async () => {
    const { ids } = await reviewed(2);
    for (const json of [{}, { reason: '' }, { reason: '  ' }, { reason: null }]) {
      const { status, body } = await api.admin(`/reviews/${ids[0]}/hide`, { json });
      expect([status, body.errors?.[0]?.pointer]).toEqual([422, '/reason']);
    }
    for (const id of [UNKNOWN, 'x']) {
      expect((await api.admin(`/reviews/${id}/hide`, { json: { reason: 'x' } })).status).toBe(404);
      expect((await api.admin(`/reviews/${id}/restore`, { method: 'POST' })).status).toBe(404);
    }
    expect(await work()).toBe(0);
  });
});
