import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { PARTNERS, type Page, type SeenPartner } from '../helpers/http-catalog.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

describe('a query of the catalog', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi('empty');
    await insertPartners(api.db, [
      newPartner({ slug: 'sao', title: 'Agência São  João', name: 'Ímpar', rank: 9 }),
      newPartner({ slug: 'percent', title: '100% remote', name: 'Per_cent', rank: 8 }),
      newPartner({ slug: 'back', title: 'Back\\slash', name: `O'Neil "Quotes"`, rank: 7 }),
      newPartner({ slug: 'plain', title: '100 remote', name: 'Percent', country: 'PT', rank: 6 }),
      newPartner({ slug: 'hidden', title: '100% hidden', listed: false }),
      newPartner({ slug: 'pausing', title: 'Pausing', accepting: false, rank: 5 }),
    ]);
  });
  afterAll(() => api.close());

  const ask = (query: string) => api.call<Page<SeenPartner>>(`${PARTNERS}?${query}`);
  const slugs = async (query: string) => (await ask(query)).body.data.map(({ slug }) => slug);

  it.each([
    ['agencia sao joao', ['sao']],
    ['AGÊNCIA SÃO JOÃO', ['sao']],
    ['sa\u0303o', ['sao']],
    ['joão ímpar', ['sao']],
    ['  sao   joao  ', ['sao']],
    ['%', ['percent']],
    ['100%', ['percent']],
    ['_', ['percent']],
    ['r_c', ['percent']],
    ['\\', ['back']],
    ['k\\s', ['back']],
    [`o'neil "q`, ['back']],
    ["'; drop table partners; --", []],
    ['nobody is called so', []],
    ['   ', ['sao', 'percent', 'back', 'plain', 'pausing']],
  ])('searches title and name for %o without accents, case and wildcards', async (q, found) => {
    expect(await slugs(`q=${encodeURIComponent(q)}`)).toEqual(found);
  });

  it('shows partners who do not accept, marked so, and never unlisted ones', async () => {
    const all = (await ask('')).body.data;
    expect(all.map(({ slug, accepting }) => [slug, accepting])).toContainEqual(['pausing', false]);
    expect(all.map(({ slug }) => slug)).not.toContain('hidden');
  });

  it('counts empty parameters as absent, and leaves unknown ones alone', async () => {
    const all = await slugs('');
    expect(await slugs('services=&country=&language=&type=&tier=&q=&cursor=')).toEqual(all);
    expect(await slugs('utm_source=mail&fbclid=1')).toEqual(all);
    expect(await slugs('services=,crm-setup,')).toEqual(all);
  });

  it('counts an empty limit as absent', async () => {
    expect((await ask('limit=')).status).toBe(200);
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=-1', '/limit'],
    ['limit=abc', '/limit'],
    ['limit=1.5', '/limit'],
    ['limit=1e999', '/limit'],
    ['limit=1&limit=2', '/limit'],
    ['cursor=abc', '/cursor'],
    ['cursor=e30', '/cursor'],
    ['cursor=W10', '/cursor'],
    [`cursor=${Buffer.from('[false,1,"x"]').toString('base64url')}`, '/cursor'],
    [`cursor=${Buffer.from('[false,null,"x"]').toString('base64url')}`, '/cursor'],
    [`cursor=${'a'.repeat(501)}`, '/cursor'],
    ['cursor=a&cursor=b', '/cursor'],
    ['services=none', '/services/0'],
    ['services=crm-setup,none', '/services/1'],
    ['country=br', '/country'],
    ['country=ZZ', '/country'],
    ['country=BR&country=PT', '/country'],
    ['language=pt-BR', '/language'],
    ['type=bank', '/type'],
    ['tier=bronze', '/tier'],
    [`q=${'q'.repeat(101)}`, '/q'],
  ])('is refused with 422: %s', async (query, pointer) => {
    const { status, headers, body } = await api.call(`${PARTNERS}?${query}`);
    expect(status).toBe(422);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body.errors).toEqual([{ pointer, code: expect.any(String), detail: expect.any(String) }]);
  });

  it('cannot be made with another list’s cursor', async () => {
    const foreign = Buffer.from('"00000000-0000-7000-8000-000000000000"').toString('base64url');
    expect((await ask(`cursor=${foreign}`)).status).toBe(422);
  });

  it('has no next page after the last partner', async () => {
    expect((await ask('limit=5')).body.page.nextCursor).toBeNull();
    expect((await ask('limit=4')).body.page.nextCursor).toMatch(/^[\w-]+$/);
    expect((await ask('country=AX')).body).toEqual({ data: [], page: { nextCursor: null } });
  });
});
