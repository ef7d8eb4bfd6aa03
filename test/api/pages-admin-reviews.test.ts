import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { feedbackToken, insertDeal } from '../helpers/admin-deals.ts';
import { openAdminPages, STRANGE, STRANGE_SHOWN } from '../helpers/admin-pages.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { allPages } from '../helpers/http-catalog.ts';
import { adminCookie } from '../helpers/page-session.ts';
import { textOf, type Visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PATH = '/admin/reviews';

describe('moderation', () => {
  let api: TestApi;
  let admin: Visitor;
  /** The reviews' ids by their stars. */
  const ids: Record<number, string> = {};
  beforeAll(async () => {
    ({ api, admin } = await openAdminPages());
    const partner = newPartner({ name: STRANGE });
    await insertPartners(api.db, [partner]);
    for (const rating of [5, 2, 1]) {
      const deal = await insertDeal(api.db, partner.id);
      const token = await feedbackToken(api.db, deal.id);
      const json = { rating, comment: rating === 1 ? '' : `Worth ${rating} <b>` };
      ids[rating] = (await api.call<{ id: string }>('/api/v1/reviews', { token, json })).body.id;
    }
  });
  afterAll(() => api.close());

  const shown = (html: string) =>
    [...html.matchAll(/<li class="row review-row" id="review-([\w-]+)"/g)].map(([, id]) => id);
  const hide = (stars: number, reason: string, more = {}) =>
    admin.post(`${PATH}/${ids[stars]}/hide`, { [`reason-${ids[stars]}`]: reason, show: 'all', ...more });

  it('lists all reviews, newest first, those with few stars, those that are hidden', async () => {
    const all = await admin.get(PATH);
    expect(shown(all.text)).toEqual([ids[1], ids[2], ids[5]]);
    expect(all.text).toContain(STRANGE_SHOWN);
    expect(all.text).toContain('Worth 5 &lt;b>');
    expect(textOf(all.text)).toContain('Without words');
    expect(shown((await admin.get(`${PATH}?show=low`)).text)).toEqual([ids[1], ids[2]]);
    expect((await admin.get(`${PATH}?show=hidden`)).text).toContain('No review is hidden');
    expect((await admin.get(`${PATH}?cursor=x`)).status).toBe(422);
  });

  it('hides one for a reason that stays on record, and shows it again', async () => {
    for (const reason of ['', '   ', 'x'.repeat(1_001)]) {
      const { status, text } = await hide(2, reason, { show: 'low' });
      expect([status, shown(text)]).toEqual([422, [ids[1], ids[2]]]);
      expect(text).toMatch(new RegExp(`<details open>.*id="f-reason-${ids[2]}-error"`));
      expect(text).toContain(`href="${PATH}?show=low&amp;lang=pt-BR"`);
    }
    expect((await hide(2, '', {})).text).toContain('Say why the review should be hidden.');

    const done = await hide(2, 'Insults <a> person', { show: 'low' });
    expect([done.status, done.headers.get('location')]).toEqual([303, `${PATH}?show=low&done=hidden`]);
    expect((await hide(2, 'Insults <a> person')).status).toBe(303);
    const hidden = await admin.get(`${PATH}?show=hidden&done=hidden`);
    expect(shown(hidden.text)).toEqual([ids[2]]);
    expect(hidden.text).toContain('Insults &lt;a> person');
    expect(hidden.text).toContain('The review is hidden');

    const restored = await admin.post(`${PATH}/${ids[2]}/restore`, { show: 'hidden' });
    expect([restored.status, restored.headers.get('location')]).toEqual([
      303,
      `${PATH}?show=hidden&done=restored`,
    ]);
    expect(shown((await admin.get(`${PATH}?show=hidden`)).text)).toEqual([]);
    for (const id of ['00000000-0000-7000-8000-000000000000', 'x']) {
      const form = { [`reason-${id}`]: 'x', show: 'all' };
      expect((await admin.post(`${PATH}/${id}/hide`, form)).status).toBe(404);
      expect((await admin.post(`${PATH}/${id}/restore`, form)).status).toBe(404);
    }
  });

  it('is a list of the JSON API too', async () => {
    const token = await createApiKey(api.db, { role: 'admin' });
    const path = '/api/v1/admin/reviews';
    const list = async (query: Record<string, string>) =>
      (await allPages<{ id: string; hiddenReason: string | null }>(api, path, query, token)).rows;
    await hide(5, 'Advertising');
    expect((await list({ limit: '1' })).map(({ id }) => id)).toEqual([ids[1], ids[2], ids[5]]);
    expect((await list({ hidden: 'false' })).map(({ id }) => id)).toEqual([ids[1], ids[2]]);
    expect(await list({ hidden: 'true' })).toMatchObject([{ id: ids[5], hiddenReason: 'Advertising' }]);
    for (const wrong of ['hidden=maybe', 'cursor=x', 'limit=0'])
      expect((await api.call(`${path}?${wrong}`, { token })).status, wrong).toBe(422);
  });

  it('is neither hidden nor restored by what is no form', async () => {
    const cookie = await adminCookie(api.db);
    const stand = () => api.db.query('select id, hidden_at, hidden_reason from reviews order by id');
    await hide(5, 'Advertising');
    const before = await stand();
    for (const path of [`${ids[5]}/restore`, `${ids[1]}/hide`]) {
      const bare = await api.call(`${PATH}/${path}`, { method: 'POST', headers: { cookie } });
      expect(bare.status, path).toBe(415);
    }
    expect(await stand()).toEqual(before);
  });
});
