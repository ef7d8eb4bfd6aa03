import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linksBelow, openAdminPages, STRANGE, STRANGE_SHOWN } from '../helpers/admin-pages.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { send } from '../helpers/http-requests.ts';
import { textOf, type Visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PATH = '/admin/requests';
const client = { name: STRANGE, email: 'zoe@example.com', locale: 'en' };
const project = { title: 'Shop <i> & more', description: 'First.\n\nSecond.' };

describe('the administrators’ requests', () => {
  let api: TestApi;
  let admin: Visitor;
  beforeAll(async () => {
    ({ api, admin } = await openAdminPages());
  });
  afterAll(() => api.close());

  it('are invited to come, while there are none', async () => {
    expect((await admin.get(PATH)).text).toContain('No requests yet');
    expect((await admin.get(PATH, 'pt-BR')).text).toContain('Ainda não há solicitações');
  });

  it('are listed, counted by status, and found by title or by e-mail address', async () => {
    const first = await send(api, { client, project, criteria: { country: 'AQ' } });
    await insertPartners(api.db, [newPartner(), newPartner(), newPartner(), newPartner()]);
    const second = await send(api, { criteria: {} });
    await api.deliver();
    const all = await admin.get(PATH);
    expect(linksBelow(all.text, PATH)).toEqual([`${PATH}/${second.id}`, `${PATH}/${first.id}`]);
    expect(all.text).toContain(STRANGE_SHOWN);
    expect(all.text).toContain('Shop &lt;i> &amp; more');
    expect(textOf(all.text)).toMatch(/All 2 .*No partner found 1 Waiting for answers 1/);
    expect(textOf(all.text)).toContain('3 days left to answer');

    const unmatched = await admin.get(`${PATH}?status=unmatched`);
    expect(linksBelow(unmatched.text, PATH)).toEqual([`${PATH}/${first.id}`]);
    expect((await admin.get(`${PATH}?status=chosen`)).text).toContain('No requests found');

    const byTitle = await admin.post(PATH, { q: ' shop <I>', status: '' });
    expect(byTitle.status).toBe(303);
    const led = byTitle.headers.get('location') ?? '';
    expect(led).toBe(`${PATH}?q=shop+%3CI%3E`);
    expect(linksBelow((await admin.get(led)).text, PATH)).toEqual([`${PATH}/${first.id}`]);

    const byEmail = await admin.post(PATH, { q: 'ZOE@example.com', status: '' });
    expect([byEmail.status, byEmail.headers.get('location')]).toEqual([200, null]);
    expect(linksBelow(byEmail.text, PATH)).toEqual([`${PATH}/${first.id}`]);
    expect(byEmail.text).not.toMatch(/href="[^"]*(@|%40)/);
    const none = await admin.post(PATH, { q: 'zoe@example', status: '' });
    expect(none.text).toContain('No requests found');
    expect((await admin.post(PATH, { q: '', status: '' })).headers.get('location')).toBe(PATH);
  });

  it('page', async () => {
    for (let n = 0; n < 31; n += 1) await send(api, { client: { ...client, email: 'many@example.com' } });
    const page = await admin.get(PATH);
    expect(linksBelow(page.text, PATH)).toHaveLength(30);
    const [, next = ''] = /<a[^>]* href="(\/admin\/requests\?cursor=[^"]+)"/.exec(page.text) ?? [];
    expect(linksBelow((await admin.get(next)).text, PATH)).toHaveLength(3);
    const found = await admin.post(PATH, { q: 'many@example.com', status: '' });
    const [, cursor = ''] = /name="cursor" value="([^"]+)"/.exec(found.text) ?? [];
    const more = await admin.post(PATH, { q: 'many@example.com', status: '', cursor });
    expect([linksBelow(found.text, PATH).length, linksBelow(more.text, PATH).length]).toEqual([30, 1]);
    expect((await admin.get(`${PATH}?cursor=x`)).status).toBe(422);
  });
});
