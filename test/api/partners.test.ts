import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { allPages, PARTNERS, plain, type SeenPartner } from '../helpers/http-catalog.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

type Query = Record<string, string>;

/** What the contract says of each filter, in plain JavaScript. */
function fits(partner: SeenPartner, { services, country, language, type, tier, q }: Query): boolean {
  return (
    (services ?? '').split(',').every((slug) => slug === '' || partner.services.includes(slug)) &&
    (!country || partner.country === country) &&
    (!language || partner.languages.some(({ code }) => code === language)) &&
    (!type || partner.type === type) &&
    (!tier || partner.tier === tier) &&
    plain(`${partner.title} ${partner.name}`).includes(plain(q ?? ''))
  );
}

const QUERIES: Query[] = [
  {},
  { services: 'crm-setup' },
  { services: 'crm-setup,landing-pages' },
  { services: 'design-and-html-markup,email-marketing,chatbot-development' },
  { country: 'BR' },
  { country: 'AX' },
  { language: 'pt' },
  { language: 'es' },
  { type: 'freelancer' },
  { tier: 'platinum' },
  { q: 'crm' },
  { q: 'são' },
  { q: 'SAO' },
  { services: 'crm-setup', country: 'BR', language: 'pt', type: 'agency', tier: 'silver' },
  { language: 'en', q: 'a', tier: 'gold' },
];

describe('the catalog', () => {
  let api: TestApi;
  let everybody: SeenPartner[];
  let ranks: Map<string, number>;

  beforeAll(async () => {
    api = await openApi('seeded');
    everybody = (await allPages<SeenPartner>(api, PARTNERS, { limit: '200' })).rows;
    const rows = await api.db.query<{ id: string; rank: number }>('select id, rank from partners');
    ranks = new Map(rows.map(({ id, rank }) => [id, rank]));
  });
  afterAll(() => api.close());

  const rankOf = ({ id }: SeenPartner) => ranks.get(id) ?? Number.NaN;

  it('shows every partner once', async () => {
    const [row] = await api.db.query<{ n: number }>('select count(*)::int as n from partners where listed');
    expect(new Set(everybody.map(({ id }) => id)).size).toBe(row?.n);
    expect(everybody).toHaveLength(row?.n ?? 0);
  });

  it.each(QUERIES)('filters by %o as a plain filter over all pages does', async (query) => {
    const { rows } = await allPages<SeenPartner>(api, PARTNERS, { ...query, limit: '50' });
    const expected = everybody.filter((partner) => fits(partner, query));
    expect(rows.map(({ slug }) => slug).sort()).toEqual(expected.map(({ slug }) => slug).sort());
  });

  it.each(['services', 'country', 'language', 'type', 'tier'] as const)(
    'finds somebody for every %s that there is',
    async (filter) => {
      const values = {
        services: everybody.flatMap((partner) => partner.services),
        country: everybody.map((partner) => partner.country),
        language: everybody.flatMap((partner) => partner.languages.map(({ code }) => code)),
        type: everybody.map((partner) => partner.type),
        tier: everybody.map((partner) => partner.tier),
      }[filter];
      for (const value of new Set(values)) {
        const query = { [filter]: value, limit: '200' };
        const { rows } = await allPages<SeenPartner>(api, PARTNERS, query);
        expect(rows.length, value).toBe(everybody.filter((each) => fits(each, query)).length);
        expect(rows.length, value).toBeGreaterThan(0);
      }
    },
  );

  it('is in the order of rank, then id', () => {
    const sorted = [...everybody].sort((a, b) => rankOf(b) - rankOf(a) || (a.id < b.id ? -1 : 1));
    expect(everybody.map(({ slug }) => slug)).toEqual(sorted.map(({ slug }) => slug));
  });

  it.each(['pt', 'es', 'en'])('puts those who speak %s first of all before the others', async (language) => {
    const { rows } = await allPages<SeenPartner>(api, PARTNERS, { language, limit: '33' });
    const first = (partner: SeenPartner) =>
      partner.languages.some(({ code, primary }) => primary && code === language) ? 1 : 0;
    const sorted = [...rows].sort(
      (a, b) => first(b) - first(a) || rankOf(b) - rankOf(a) || (a.id < b.id ? -1 : 1),
    );
    expect(rows.map(({ slug }) => slug)).toEqual(sorted.map(({ slug }) => slug));
    expect(new Set(rows.map(first)).size).toBe(2);
  });

  it.each([
    ['1', 320],
    ['7', 46],
    ['200', 2],
    ['500', 2],
    [String(Number.MAX_SAFE_INTEGER), 2],
  ])('has no gaps or repeats in pages of %s', async (limit, pages) => {
    const { rows, sizes } = await allPages<SeenPartner>(api, PARTNERS, { limit });
    expect(rows.map(({ id }) => id)).toEqual(everybody.map(({ id }) => id));
    expect(sizes.length).toBe(pages);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
  });

  it('pages through a filtered catalog in its own order', async () => {
    const whole = await allPages<SeenPartner>(api, PARTNERS, { language: 'pt', limit: '200' });
    const paged = await allPages<SeenPartner>(api, PARTNERS, { language: 'pt', limit: '3' });
    expect(paged.rows).toEqual(whole.rows);
  });

  it('shows each partner with one primary language, first in its list', () => {
    for (const { languages } of everybody) {
      expect(languages.map(({ primary }) => primary)).toEqual([true, ...languages.slice(1).map(() => false)]);
    }
  });

  it('shows ratings from 1 to 5, and none without reviews', async () => {
    for (const { rating, reviewCount } of everybody) {
      if (reviewCount === 0) expect(rating).toBeNull();
      else expect(rating).toBeGreaterThanOrEqual(1);
      expect(rating ?? 0).toBeLessThanOrEqual(5);
    }
    expect(everybody.some(({ reviewCount }) => reviewCount > 0)).toBe(true);
  });
});

it('pages through partners of the same rank', async () => {
  const api = await openApi('empty');
  try {
    await insertPartners(
      api.db,
      Array.from({ length: 25 }, () => newPartner({ rank: 1 / 3 })),
    );
    const { rows, sizes } = await allPages<SeenPartner>(api, PARTNERS, { limit: '4' });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(25);
    expect(sizes.length).toBe(7);
  } finally {
    await api.close();
  }
});
