import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { allPages, PARTNERS, type Page, type SeenPartner } from '../helpers/http-catalog.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

type Found = Page<SeenPartner> & { similar?: boolean };

describe('a search with typing mistakes', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi('empty');
    await insertPartners(api.db, [
      newPartner({ slug: 'buriti', title: 'CRM simples para concessionárias', name: 'Buriti Lab', rank: 9 }),
      newPartner({ slug: 'aurora', title: 'Lojas que vendem', name: 'Estúdio Aurora', rank: 8 }),
      newPartner({ slug: 'moringa', title: 'Email for shops', name: 'Moringa Marketing', rank: 7 }),
      newPartner({ slug: 'norte', title: 'Marketing digital', name: 'Norte', rank: 20, country: 'PT' }),
      newPartner({ slug: 'graviola', title: 'Páginas', name: 'Casa Graviola', rank: 6 }),
      newPartner({ slug: 'hidden', title: 'Marketing', name: 'Buriti Lab', listed: false }),
      ...Array.from({ length: 30 }, (_, n) =>
        newPartner({ slug: `c${n}`, title: 'Consulting', name: `Company ${n}`, rank: n % 4 }),
      ),
    ]);
  });
  afterAll(() => api.close());

  const search = async (q: string, more = '') =>
    (await api.call<Found>(`${PARTNERS}?q=${encodeURIComponent(q)}&limit=200${more}`)).body;
  const slugs = async (q: string, more = '') => (await search(q, more)).data.map(({ slug }) => slug);

  it.each([
    ['marketign', ['norte', 'moringa']],
    ['MARKTING', ['norte', 'moringa']],
    ['burti lab', ['buriti']],
    ['burití leb', ['buriti']],
    ['estudio arora', ['aurora']],
    ['Estúdio  Auroa', ['aurora']],
    ['casa gravoila', ['graviola']],
    ['zzzzqq', []],
    ['nobody is called so', []],
    ["'; drop table partners; --", []],
    ['%%', []],
    ['xq', []],
    ['mra', []],
  ])('finds for %o what was meant', async (q, found) => {
    const body = await search(q);
    expect(body.data.map(({ slug }) => slug)).toEqual(found);
    expect(body.similar).toBe(found.length > 0 ? true : undefined);
  });

  it('is not forgiven anything where somebody has just these words', async () => {
    const { similar, data } = await search('marketing');
    expect(similar).toBeUndefined();
    expect(data.map(({ slug }) => slug)).toEqual(['norte', 'moringa']);
    expect(await slugs('arketin')).toEqual(['norte', 'moringa']);
    expect(await slugs('buriti lab')).toEqual(['buriti']);
  });

  it('keeps to the filters', async () => {
    expect(await slugs('marketign', '&country=PT')).toEqual(['norte']);
    expect(await slugs('marketign', '&country=BR')).toEqual(['moringa']);
    expect(await slugs('marketign', '&tier=platinum')).toEqual([]);
    expect(await slugs('marketign', '&services=crm-setup&language=en&type=agency')).toHaveLength(2);
  });

  it('pages by similarity, then rank, without gaps or repeats', async () => {
    const whole = await slugs('conslting compny');
    expect(whole).toHaveLength(30);
    for (const limit of ['1', '7', '29', '30']) {
      const { rows } = await allPages<SeenPartner>(api, PARTNERS, { q: 'conslting compny', limit });
      expect(rows.map(({ slug }) => slug)).toEqual(whole);
    }
    const exact = await allPages<SeenPartner>(api, PARTNERS, { q: 'consulting', limit: '7' });
    expect(exact.rows).toHaveLength(30);
  });

  it('refuses cursors that are none of its own', async () => {
    const cursor = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url');
    for (const wrong of [
      ['similar', 1, 1, 'x'],
      ['similar', 'x'],
      ['similar', null, 1, null],
    ])
      expect((await api.call(`${PARTNERS}?q=a&cursor=${cursor(wrong)}`)).status).toBe(422);
    const place = cursor(['similar', 0.5, 1, '00000000-0000-7000-8000-000000000000']);
    expect((await api.call(`${PARTNERS}?cursor=${place}`)).status).toBe(422);
  });
});

describe('typing mistakes in the seeded catalog', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi('seeded');
  });
  afterAll(() => api.close());

  it('find the names that were meant, first of all', async () => {
    const { rows } = await allPages<SeenPartner>(api, PARTNERS, { limit: '200' });
    const wrong: string[] = [];
    for (const { slug, name } of rows) {
      // Two letters in the middle of the longest word change places.
      const word = name.split(' ').sort((a, b) => b.length - a.length)[0] ?? '';
      if (word.length < 6) continue;
      const at = Math.floor(word.length / 2);
      const typed = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
      const q = encodeURIComponent(name.replace(word, typed));
      const { body } = await api.call<Found>(`${PARTNERS}?q=${q}&limit=5`);
      if (!body.data.some((found) => found.slug === slug)) wrong.push(`${name}: ${decodeURIComponent(q)}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(['zzzzqq', 'qwxk vbnj', 'plumber in Kyoto', 'yoga retreat'])('%o finds nothing', async (q) => {
    const { body } = await api.call<Found>(`${PARTNERS}?q=${encodeURIComponent(q)}`);
    expect(body.data.map(({ title, name }) => `${title} | ${name}`)).toEqual([]);
  });
});
