import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { allPages, PARTNERS, type SeenPartner } from '../helpers/http-catalog.ts';

interface Counted {
  name: string;
  count: number;
  slug?: string;
  code?: string;
}
type Catalog = Record<'services' | 'countries' | 'languages' | 'types' | 'tiers', Counted[]>;

const NEVER_SHOWN =
  /email|capacity|live_?leads|rank|weight|search|hash|listed|locale|phone|@[\w-]+\.(example|com)/i;

describe('the catalog to read', () => {
  let api: TestApi;
  let everybody: SeenPartner[];
  beforeAll(async () => {
    api = await openApi('seeded');
    everybody = (await allPages<SeenPartner>(api, PARTNERS, { limit: '200' })).rows;
  });
  afterAll(() => api.close());

  const catalog = async (language: string) =>
    (await api.call<Catalog>('/api/v1/catalog', { headers: { 'accept-language': language } })).body;

  it('gives a partner by id and by slug, the same as in the list', async () => {
    for (const partner of everybody.slice(0, 5)) {
      for (const key of [partner.id, partner.slug, partner.id.toUpperCase()]) {
        const { status, body } = await api.call<SeenPartner>(`${PARTNERS}/${key}`);
        expect(status).toBe(200);
        expect(body).toEqual(partner);
      }
    }
  });

  it('holds the fields of the contract', () => {
    for (const field of ['id', 'slug', 'title', 'name', 'type', 'tier', 'country', 'languages', 'services']) {
      expect(everybody[0]).toHaveProperty(field);
    }
    for (const field of ['accepting', 'rating', 'reviewCount', 'completedProjects']) {
      expect(everybody[0]).toHaveProperty(field);
    }
  });

  it.each([
    '00000000-0000-7000-8000-000000000000',
    'no-such-partner',
    'NO%27--',
    '%25',
    '..%2f..%2fetc%2fpasswd',
    'a'.repeat(5_000),
  ])('answers 404 for %s', async (key) => {
    const { status, body } = await api.call(`${PARTNERS}/${key}`);
    expect([status, body.code]).toEqual([404, 'not_found']);
  });

  it('answers 404 for a partner that is not listed', async () => {
    const [hidden] = everybody.slice(-1);
    await api.db.query('update partners set listed = false where id = $1', [hidden?.id]);
    expect((await api.call(`${PARTNERS}/${hidden?.slug}`)).status).toBe(404);
    await api.db.query('update partners set listed = true where id = $1', [hidden?.id]);
  });

  it('counts what the filters find', async () => {
    const { services, countries, languages, types, tiers } = await catalog('en');
    const count = (fits: (partner: SeenPartner) => boolean) => everybody.filter(fits).length;
    for (const { slug = '', count: n } of services)
      expect(n, slug).toBe(count((partner) => partner.services.includes(slug)));
    for (const { code = '', count: n } of countries)
      expect(n, code).toBe(count((partner) => partner.country === code));
    for (const { code = '', count: n } of languages)
      expect(n, code).toBe(count((partner) => partner.languages.some((each) => each.code === code)));
    for (const { code = '', count: n } of types)
      expect(n, code).toBe(count((partner) => partner.type === code));
    for (const { code = '', count: n } of tiers)
      expect(n, code).toBe(count((partner) => partner.tier === code));
    expect(new Set(countries.map(({ code }) => code))).toEqual(
      new Set(everybody.map(({ country }) => country)),
    );
    expect([services.length, types.length, tiers.length]).toEqual([10, 2, 4]);
  });

  it('names everything in English and Brazilian Portuguese', async () => {
    const nameOf = (entries: Counted[], code: string) =>
      entries.find((each) => each.slug === code || each.code === code)?.name;
    const en = await catalog('en-GB,en;q=0.9');
    const pt = await catalog('pt-BR,pt;q=0.9,en;q=0.8');
    const wanted = [
      ['services', 'crm-setup', 'CRM setup', 'Configuração de CRM'],
      ['countries', 'BR', 'Brazil', 'Brasil'],
      ['languages', 'pt', 'Portuguese', 'português'],
      ['types', 'agency', 'Agency', 'Agência'],
      ['tiers', 'silver', 'Silver Partner', 'Parceiro Silver'],
    ] as const;
    for (const [list, code, english, portuguese] of wanted) {
      expect([nameOf(en[list], code), nameOf(pt[list], code)]).toEqual([english, portuguese]);
    }
    for (const { name } of Object.values(pt).flat()) expect(name).toMatch(/\p{L}{2}/u);
  });

  it('speaks English to those who name neither, and says that it depends on the header', async () => {
    expect(await catalog('ja,*;q=0')).toEqual(await catalog('en'));
    expect((await catalog('pt')).tiers[1]?.name).toBe('Parceiro Silver');
    const { headers } = await api.call('/api/v1/catalog');
    expect(headers.get('vary')).toMatch(/Accept-Language/i);
  });

  it('never shows e-mail addresses, capacity, load or rank', async () => {
    const keys = new Set<string>();
    const collect = (value: unknown): void => {
      if (value === null || typeof value !== 'object') return;
      for (const [key, inner] of Object.entries(value)) {
        if (!Array.isArray(value)) keys.add(key);
        collect(inner);
      }
    };
    collect(everybody);
    collect((await api.call<unknown>(`${PARTNERS}/${everybody[0]?.slug}`)).body);
    expect([...keys].filter((key) => NEVER_SHOWN.test(key))).toEqual([]);
    const addresses = await api.db.query<{ email: string }>('select email from partners');
    const text = JSON.stringify(everybody);
    expect(addresses.filter(({ email }) => text.includes(email))).toEqual([]);
  });
});
