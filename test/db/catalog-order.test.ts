import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CatalogCursor, listPartners } from '../../db/catalog-pages.ts';
import { connect, type Database } from '../../db/connect.ts';
import type { PartnerFilter } from '../../db/partners.ts';
import { freshDatabase } from '../helpers/database.ts';
import { writeLargeCatalog } from './large-catalog.ts';

const PARTNERS = 10_000;

interface Row {
  id: string;
  country: string;
  languages: string[];
  primary: string;
  services: string[];
  type: string;
  tier: string;
  text: string;
  rank: number;
}

let db: Database;
let drop: () => Promise<void>;
let listed: Row[];

beforeAll(async () => {
  const fresh = await freshDatabase('empty');
  drop = fresh.drop;
  db = connect(fresh.url, 1);
  await writeLargeCatalog(db, PARTNERS);
  // Not few, but none among the best: a walk is expected to meet them, and does not.
  await db.query(
    `update partners set tier = 'platinum' where id in (select id from partners order by rank, id limit 400)`,
  );
  listed = await db.query<Row>(
    `select id, country, languages, primary_language as primary, services, type, tier, search_text as text, rank
     from partners where listed`,
  );
});
afterAll(async () => {
  await db.close();
  await drop();
});

/** What the catalog shows, in plain JavaScript. */
function expected({ services, country, language, type, tier, search }: PartnerFilter): string[] {
  const first = (row: Row) => (row.primary === language ? 1 : 0);
  return listed
    .filter(
      (row) =>
        services.every((slug) => row.services.includes(slug)) &&
        (!country || row.country === country) &&
        (!language || row.languages.includes(language)) &&
        (!type || row.type === type) &&
        (!tier || row.tier === tier) &&
        row.text.includes(search ?? ''),
    )
    .sort((a, b) => first(b) - first(a) || b.rank - a.rank || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

async function allPages(filter: PartnerFilter, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let after: CatalogCursor | undefined;
  for (;;) {
    const rows = await listPartners(db, filter, { after, limit });
    ids.push(...rows.map(({ id }) => id));
    const last = rows.at(-1);
    if (!last || rows.length < limit) return ids;
    after = { speaksFirst: last.speaksFirst, rank: last.rank, id: last.id };
    expect(ids.length).toBeLessThanOrEqual(PARTNERS);
  }
}

const some = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const filters: fc.Arbitrary<PartnerFilter> = fc.record({
  services: fc.subarray(['crm-setup', 'email-marketing', 'sms-and-messengers', 'consulting-and-audit'], {
    maxLength: 2,
  }),
  country: some('BR', 'US', 'ES', 'ZW', 'FR'),
  language: some('pt', 'en', 'es', 'fr', 'ka', 'it'),
  type: some('agency', 'freelancer'),
  tier: some('registered', 'silver', 'platinum'),
  search: some('crm', 'zebra', 'crm s', 'o', 'zq', '%', '_', 'studio'),
});

test('pages by cursor are the plain filtered and sorted list, whatever is asked for', async () => {
  await fc.assert(
    fc.asyncProperty(filters, fc.integer({ min: 1, max: 200 }), async (filter, limit) => {
      const whole = expected(filter);
      // At most 60 pages for one list, to be done in seconds.
      const size = Math.max(limit, Math.ceil(whole.length / 60));
      expect(await allPages(filter, size)).toEqual(whole);
    }),
    { numRuns: 250 },
  );
});

test.each([{}, { language: 'pt' }, { language: 'fr' }, { search: 'o' }, { tier: 'platinum' }])(
  'with %o alone, too',
  async (given) => {
    const none = { country: undefined, language: undefined, type: undefined, tier: undefined };
    const filter = { services: [], search: undefined, ...none, ...given };
    const whole = expected(filter);
    expect(whole.length).toBeGreaterThan(0);
    expect(await allPages(filter, 97)).toEqual(whole);
  },
);
