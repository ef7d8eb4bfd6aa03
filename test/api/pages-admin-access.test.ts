import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAdminPages } from '../helpers/admin-pages.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { type Visitor, visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const ID = '00000000-0000-7000-8000-000000000000';

const PAGES: [method: 'get' | 'post', path: string][] = [
  ['get', '/admin'],
  ['get', '/admin/requests'],
  ['post', '/admin/requests'],
  ['get', `/admin/requests/${ID}`],
  ['get', '/admin/partners'],
  ['post', '/admin/partners'],
  ['get', '/admin/partners/new'],
  ['post', '/admin/partners/new'],
  ['get', `/admin/partners/${ID}`],
  ['post', `/admin/partners/${ID}`],
  ['get', '/admin/preview'],
  ['post', '/admin/preview'],
  ['get', '/admin/reviews'],
  ['post', `/admin/reviews/${ID}/hide`],
  ['post', `/admin/reviews/${ID}/restore`],
  ['get', '/admin/jobs'],
  ['post', `/admin/jobs/${ID}/retry`],
];

describe('the administrators’ pages', () => {
  let api: TestApi;
  let admin: Visitor;
  beforeAll(async () => {
    ({ api, admin } = await openAdminPages());
  });
  afterAll(() => api.close());

  it('lead whoever is not signed in to sign in, and refuse what such a one posts', async () => {
    const nobody = await visitor(api);
    for (const [method, path] of PAGES) {
      const { status, headers } = await nobody[method](path);
      const said = [status, headers.get('location')];
      expect(said, path).toEqual(method === 'get' ? [303, '/sign-in'] : [401, null]);
    }
  });

  it('do not exist for partners', async () => {
    const partner = newPartner();
    await insertPartners(api.db, [partner]);
    const page = await visitor(api, partner.id);
    for (const [method, path] of PAGES) expect((await page[method](path)).status, path).toBe(404);
  });

  it('begin with the requests, are kept by nobody, and 404 where there is nothing', async () => {
    const start = await admin.get('/admin');
    expect([start.status, start.headers.get('location')]).toEqual([303, '/admin/requests']);
    for (const path of ['requests', 'partners', 'partners/new', 'preview', 'reviews', 'jobs']) {
      for (const language of ['en', 'pt-BR']) {
        const page = await admin.get(`/admin/${path}`, language);
        expect([page.status, page.headers.get('cache-control')], path).toEqual([200, 'no-store']);
        expect(page.text).toContain(`<html lang="${language}">`);
        expect(page.text.match(/<h1/g)).toHaveLength(1);
        expect(page.text).not.toMatch(/\sstyle=|<script(?![^>]* src=)/);
      }
    }
    for (const path of [`requests/${ID}`, 'requests/x', 'partners/nobody', 'partners/%00', 'nothing'])
      expect((await admin.get(`/admin/${path}`)).status, path).toBe(404);
  });
});
