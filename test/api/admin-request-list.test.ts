import { expect, it, onTestFinished } from 'vitest';
import { openAdminApi } from '../helpers/admin-api.ts';
import { insertDeal } from '../helpers/admin-deals.ts';
import type { Page } from '../helpers/http-catalog.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { newRequest, requestBody } from '../helpers/requests.ts';

it('requests are listed, newest first, by status, e-mail and title, in pages', async () => {
  const api = await openAdminApi('empty');
  onTestFinished(() => api.close());
  for (let n = 0; n < 5; n += 1) await api.call('/requests', { json: requestBody() });
  const client = { name: 'Bo', email: 'Bo@Example.com', phone: null, company: null, locale: 'en' as const };
  const project = { ...newRequest().project, title: '100% Lojas_novas' };
  const partner = newPartner({ listed: false });
  await insertPartners(api.db, [partner]);
  const deal = await insertDeal(api.db, partner.id, { request: { client, project } });
  await api.db.query(`update requests set status = 'completed' where id = $1`, [deal.requestId]);

  const list = async (query: string) =>
    (await api.admin<Page<{ id: string; status: string; matches: number }>>(`/requests?${query}`)).body;
  const ids = async (query: string) => (await list(query)).data.map(({ id }) => id);
  for (const query of ['status=completed', 'q=bo@example.com', 'q=100%25%20lojas', 'q=S_NOVAS'])
    expect(await ids(query), query).toEqual([deal.requestId]);
  expect(await ids('q=example.com')).toEqual([]);
  expect(await ids('q=bo@example.com&status=routed')).toEqual([]);
  expect((await list('status=completed')).data[0]).toMatchObject({
    status: 'completed',
    client: { name: 'Bo', email: 'Bo@Example.com' },
    title: project.title,
    matches: 1,
  });
  const all = await ids('limit=200');
  expect(all).toEqual([...all].sort().reverse());
  const first = await list('limit=2');
  expect(await ids(`limit=200&cursor=${first.page.nextCursor}`)).toEqual(all.slice(2));
  for (const wrong of ['status=lost', 'cursor=x', 'limit=x'])
    expect((await api.admin(`/requests?${wrong}`)).status).toBe(422);
});
