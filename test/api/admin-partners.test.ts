import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rank } from '../../domain/ranking.ts';
import { type AdminApi, openAdminApi } from '../helpers/admin-api.ts';
import type { Page, SeenPartner } from '../helpers/http-catalog.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

interface Seen extends SeenPartner {
  email: string;
  listed: boolean;
  capacity: number | null;
  liveLeads: number;
  rank: number;
}

const BODY = {
  title: 'CRM para padarias',
  name: 'Estúdio Ångström & Søn',
  type: 'agency',
  country: 'BR',
  languages: [
    { code: 'en', primary: false },
    { code: 'pt', primary: true },
  ],
  services: ['landing-pages', 'crm-setup'],
  email: 'hello@angstrom.example',
};

describe('the administrators’ partners', () => {
  let api: AdminApi;
  beforeAll(async () => {
    api = await openAdminApi('empty');
    await insertPartners(api.db, [
      newPartner({ slug: 'a', name: 'São Tomé', tier: 'gold', capacity: 7, liveLeads: 2, rank: 12.5 }),
      newPartner({ slug: 'b', name: 'Hidden', listed: false, email: 'Boss@B.example' }),
      newPartner({ slug: 'c', name: '100%_of', tier: 'platinum' }),
    ]);
  });
  afterAll(() => api.close());

  const slugs = async (query: string) =>
    (await api.admin<Page<Seen>>(`/partners?${query}`)).body.data.map(({ slug }) => slug);

  it('are all listed, newest first, with what only administrators see', async () => {
    const { body } = await api.admin<Page<Seen>>('/partners');
    expect(body.data.map(({ slug }) => slug)).toEqual(['c', 'b', 'a']);
    expect(body.data.at(-1)).toMatchObject({ capacity: 7, liveLeads: 2, rank: 12.5, listed: true });
    expect(body.data.at(-1)?.email).toMatch(/@partners\.example$/);
  });

  it.each([
    ['listed=false', ['b']],
    ['listed=true', ['c', 'a']],
    ['listed=&tier=&q=', ['c', 'b', 'a']],
    ['tier=gold', ['a']],
    ['q=sao', ['a']],
    ['q=%25_', ['c']],
    ['q=boss@b.example', ['b']],
    ['q=hidd', ['b']],
    ['q=nobody', []],
  ])('can be filtered by %s', async (query, found) => {
    expect(await slugs(query)).toEqual(found);
  });

  it('page', async () => {
    const first = await api.admin<Page<Seen>>('/partners?limit=2');
    const second = await api.admin<Page<Seen>>(`/partners?limit=2&cursor=${first.body.page.nextCursor}`);
    expect(second.body.data.map(({ slug }) => slug)).toEqual(['a']);
    expect(second.body.page.nextCursor).toBeNull();
    for (const wrong of ['cursor=x', 'listed=yes', 'tier=bronze', 'limit=0'])
      expect((await api.admin(`/partners?${wrong}`)).status, wrong).toBe(422);
  });

  it('are created with a slug from their name, and are in the catalog at once as newcomers', async () => {
    const { status, headers, body } = await api.admin<Seen>('/partners', { json: BODY });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...BODY,
      slug: 'estudio-angstrom-son',
      languages: [
        { code: 'pt', primary: true },
        { code: 'en', primary: false },
      ],
      services: ['crm-setup', 'landing-pages'],
      tier: 'registered',
      listed: true,
      accepting: true,
      capacity: null,
      liveLeads: 0,
      rank: rank({ completedProjects: 0, reviewCount: 0, ratingSum: 0 }),
    });
    const location = headers.get('location') ?? '';
    expect(location).toBe(`/api/v1/admin/partners/${body.id}`);
    expect((await api.admin(location.replace('/api/v1/admin', ''))).body).toEqual(body);
    const found = await api.call<Page<Seen>>('/partners?q=ANGSTROM&language=pt');
    expect(found.body.data.map(({ id }) => id)).toEqual([body.id]);
    expect(found.text).not.toContain('hello@');

    const again = await api.admin('/partners', { json: BODY });
    expect([again.status, again.body.code]).toEqual([409, 'slug_taken']);
    const other = await api.admin<Seen>('/partners', {
      json: { ...BODY, slug: 'angstrom-2', listed: false },
    });
    expect([other.status, other.body.slug, other.body.listed]).toEqual([201, 'angstrom-2', false]);
    await api.db.query(`delete from partners where email = 'hello@angstrom.example'`);
  });

  it('that are created at once under one slug are one', async () => {
    const json = { ...BODY, slug: 'once' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => api.admin('/partners', { json })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    await api.db.query(`delete from partners where slug = 'once'`);
  });

  it.each<[Record<string, unknown>, string, string]>([
    [{ name: undefined }, '/name', 'required'],
    [{ name: '東京' }, '/slug', 'required'],
    [{ slug: 'Two Words' }, '/slug', 'invalid_format'],
    [{ slug: '00000000-0000-7000-8000-000000000000' }, '/slug', 'looks_like_id'],
    [{ country: 'ZZ' }, '/country', 'unknown_country'],
    [{ services: ['magic'] }, '/services/0', 'unknown_service'],
    [{ services: [] }, '/services', 'too_small'],
    [{ languages: [{ code: 'pt-BR', primary: true }] }, '/languages/0/code', 'unknown_language'],
    [{ languages: [{ code: 'pt', primary: false }] }, '/languages', 'one_primary'],
    [{ email: 'nobody' }, '/email', 'invalid_format'],
    [{ capacity: -1 }, '/capacity', 'too_small'],
    [{ tier: 'bronze' }, '/tier', 'invalid_value'],
    [{ liveLeads: 3 }, '/liveLeads', 'unknown_field'],
  ])('are refused with %o', async (wrong, pointer, code) => {
    const { status, body } = await api.admin('/partners', { json: { ...BODY, ...wrong } });
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer, code, detail: expect.any(String) }]);
  });

  it('are changed field by field; the search follows title and name', async () => {
    const created = await api.admin<Seen>('/partners', { json: { ...BODY, slug: 'to-change' } });
    const path = `/partners/${created.body.id}`;
    const patch = async (json: unknown) => (await api.admin<Seen>(path, { method: 'PATCH', json })).body;
    let expected = created.body;
    const changes: Partial<Seen>[] = [
      {},
      { tier: 'gold' },
      { listed: false, accepting: false },
      { capacity: 3 },
      { capacity: null, email: 'new@angstrom.example' },
      { title: 'Lojas', name: 'Loja Única' },
      { listed: true, accepting: true },
    ];
    for (const change of changes) {
      expected = { ...expected, ...change };
      expect(await patch(change)).toEqual(expected);
    }
    expect((await api.call<Page<Seen>>('/partners?q=loja%20unica')).body.data).toHaveLength(1);
    const wrong = await api.admin(path, { method: 'PATCH', json: { slug: 'other' } });
    expect([wrong.status, wrong.body.errors?.[0]?.code]).toEqual([422, 'unknown_field']);
    expect((await api.admin('/partners/nobody', { method: 'PATCH', json: {} })).status).toBe(404);
    expect((await api.admin('/partners/%00')).status).toBe(404);
  });
});
