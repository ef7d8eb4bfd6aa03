import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linksBelow, openAdminPages } from '../helpers/admin-pages.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { send } from '../helpers/http-requests.ts';
import type { Visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const LONG = 'x'.repeat(255);
const NOTICE = 'Part of the search is unknown or too long, and was left out.';

describe('the administrators’ lists, asked for what nobody knows', () => {
  let api: TestApi;
  let admin: Visitor;
  beforeAll(async () => {
    ({ api, admin } = await openAdminPages());
    await insertPartners(api.db, [
      newPartner({ slug: 'a', name: 'Alfa', tier: 'gold' }),
      newPartner({ slug: 'b', name: 'Bravo', listed: false }),
    ]);
    await send(api, { criteria: { country: 'AQ' } });
  });
  afterAll(() => api.close());

  it.each<[string, string, number]>([
    ['/admin/requests', 'status=lost', 1],
    ['/admin/requests', `q=${LONG}`, 1],
    ['/admin/requests', `status=chosen&q=${LONG}`, 0],
    ['/admin/requests', 'status=routed&status=chosen', 1],
    ['/admin/partners', 'tier=best', 2],
    ['/admin/partners', 'listed=maybe', 2],
    ['/admin/partners', `tier=gold&listed=maybe&q=${LONG}`, 1],
  ])('leave it out of %s?%s, and say so', async (path, query, rows) => {
    const { status, text } = await admin.get(`${path}?${query}`);
    expect(status).toBe(200);
    expect(text).toContain(`role="status">${NOTICE}`);
    expect(linksBelow(text, path)).toHaveLength(rows);
    expect((await admin.get(`${path}?${query}`, 'pt-BR')).text).toContain('Uma parte da busca');
  });

  it.each<[string, Record<string, string>, number]>([
    ['/admin/requests', { q: LONG, status: '' }, 1],
    ['/admin/requests', { q: LONG, status: 'chosen' }, 0],
    ['/admin/requests', { q: '', status: 'lost' }, 1],
    ['/admin/partners', { q: LONG, tier: 'gold', listed: '' }, 1],
    ['/admin/partners', { q: `${LONG}@example.com`, tier: '', listed: 'maybe' }, 2],
  ])('lead nowhere when %s is sent %o', async (path, fields, rows) => {
    const { status, headers, text } = await admin.post(path, fields);
    expect([status, headers.get('location')]).toEqual([200, null]);
    expect(text).toContain(NOTICE);
    expect(text).not.toContain(LONG);
    expect(text).toContain(`href="${path}?lang=pt-BR"`);
    expect(linksBelow(text, path)).toHaveLength(rows);
  });

  it('say nothing of it where all is known', async () => {
    for (const path of ['/admin/requests?q=crm&status=unmatched', '/admin/partners?q=&tier=gold&listed=true'])
      expect((await admin.get(path)).text).not.toContain(NOTICE);
  });
});
