import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CatalogCursor, listPartners } from '../../db/catalog-pages.ts';
import { connect, type Database, type Sql } from '../../db/connect.ts';
import { listSimilar } from '../../db/partner-search.ts';
import { countFilters, findPartner, type PartnerFilter } from '../../db/partners.ts';
import { freshDatabase } from '../helpers/database.ts';
import { writeLargeCatalog } from './large-catalog.ts';

const PARTNERS = 10_000;
/** The longest page that the api gives, and a usual one, each with the one more that is asked for. */
const LIMITS = [26, 201];

/** Each filter not set, with a value that many have, and with one that hardly anybody has. */
const VALUES = {
  services: [[], ['crm-setup'], ['consulting-and-audit'], ['crm-setup', 'email-marketing', 'online-courses']],
  country: [undefined, 'BR', 'ZW'],
  language: [undefined, 'pt', 'ka'],
  type: [undefined, 'agency', 'freelancer'],
  tier: [undefined, 'registered', 'platinum'],
};
const FILTERS = Object.entries(VALUES).reduce<Record<string, unknown>[]>(
  (filters, [name, values]) => filters.flatMap((each) => values.map((value) => ({ ...each, [name]: value }))),
  [{}],
) as unknown as Omit<PartnerFilter, 'search'>[];

/** What is searched for, from what everybody has to what no index of three letters knows. */
const SEARCHES = [
  undefined,
  'studio',
  'crm',
  'zebra',
  'a',
  'zq',
  '- -',
  'nobody has all of these words in this order',
  'x'.repeat(100),
];

/** Some of them, others from a test to the next; five does not divide what they are made of. */
const everyFifth = (no: number) => FILTERS.filter((_, index) => index % 5 === no % 5);

const MIDDLE = '80000000-0000-4000-8000-000000000000';
const places = (language: string | undefined): (CatalogCursor | undefined)[] => [
  undefined,
  { speaksFirst: false, rank: 45, id: MIDDLE },
  ...(language ? [{ speaksFirst: true, rank: 45, id: MIDDLE }] : []),
];

let db: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  const fresh = await freshDatabase('empty');
  drop = fresh.drop;
  // One connection: statements are prepared, settings hold and figures are reported by connection.
  db = connect(fresh.url, 1);
  await writeLargeCatalog(db, PARTNERS);
});
afterAll(async () => {
  await db.close();
  await drop();
});

describe('the plan of a page reads partners by indexes only', () => {
  test.each(SEARCHES)('searching for %s, whatever else is asked for', async (search) => {
    const scans: unknown[] = [];
    for (const filter of everyFifth(SEARCHES.indexOf(search))) {
      for (const after of places(filter.language)) {
        for (const limit of LIMITS) {
          const plan = await plansOf((sql) => listPartners(sql, { ...filter, search }, { after, limit }));
          if (readsWhole(plan)) scans.push({ ...filter, after, limit });
        }
      }
    }
    expect(scans).toEqual([]);
  });

  test.each(['stduio', 'zebar', 'xqzw', 'y'.repeat(100)])('of names like %s', async (search) => {
    const scans: unknown[] = [];
    for (const filter of everyFifth(search.length)) {
      for (const after of [undefined, { similarity: 0.5, rank: 45, id: MIDDLE }]) {
        const page = { after, limit: 26 };
        const plan = await plansOf((sql) => listSimilar(sql, { ...filter, search }, page));
        if (readsWhole(plan)) scans.push({ ...filter, after });
      }
    }
    expect(scans).toEqual([]);
  });
});

describe.each([
  'auto',
  // What prepared statements come to after five calls, if Postgres thinks it as good.
  'force_generic_plan',
])('with plan_cache_mode = %s', (mode) => {
  test('no page, count or partner is read by a scan of all partners', async () => {
    await db.query(`set plan_cache_mode = ${mode}`);
    const before = await scansOfPartners();
    for (const search of SEARCHES) {
      for (const filter of FILTERS.filter((_, index) => index % 3 === 0)) {
        for (const after of places(filter.language)) {
          await listPartners(db, { ...filter, search }, { after, limit: 26 });
        }
      }
    }
    for (const filter of FILTERS.filter((_, index) => index % 7 === 0)) {
      await listSimilar(db, { ...filter, search: 'stduio zebar' }, { after: undefined, limit: 26 });
    }
    await countFilters(db);
    await findPartner(db, 'partner-17');
    await findPartner(db, MIDDLE);
    expect(await scansOfPartners()).toBe(before);
  });
});

test('the counter of scans counts', async () => {
  const before = await scansOfPartners();
  await db.query('select count(about) from partners');
  expect(await scansOfPartners()).toBe(before + 1);
});

test('a page deep in the catalog reads no more than it shows', async () => {
  const filter = { services: [], country: undefined, language: undefined, type: undefined, tier: undefined };
  const after = { speaksFirst: false, rank: 45, id: MIDDLE };
  const list = (sql: Sql) => listPartners(sql, { ...filter, search: undefined }, { after, limit: 26 });
  const [node] = (await plansOf(list, 'analyze, ')).filter((each) => each['Relation Name'] === 'partners');
  expect(node).toMatchObject({ 'Index Name': 'partners_in_order', 'Actual Rows': 26 });
  expect(node?.['Rows Removed by Filter'] ?? 0).toBe(0);
});

async function scansOfPartners(): Promise<number> {
  await db.query('select pg_stat_force_next_flush()');
  const [row] = await db.query<{ scans: number }>(
    `select seq_scan::int as scans from pg_stat_user_tables where relname = 'partners'`,
  );
  return row?.scans ?? Number.NaN;
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

/** The nodes of the plans of all that `ask` asks of partners, with its own values. Settings that it makes are made. */
async function plansOf(ask: (sql: Database) => Promise<unknown>, options = ''): Promise<PlanNode[]> {
  const plans: PlanNode[] = [];
  const explaining = (sql: Sql): Sql => ({
    async query<Row>(text: string, values?: unknown[]) {
      if (/\bfrom partners p\b/.test(text)) {
        const [row] = await sql.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
          `explain (${options}format json) ${text}`,
          values,
        );
        if (row) plans.push(row['QUERY PLAN'][0].Plan);
      }
      return sql.query<Row>(text, values);
    },
  });
  await ask({
    ...db,
    ...explaining(db),
    transaction: (point, work) => db.transaction(point, (sql) => work(explaining(sql))),
    reading: (work) => db.reading((sql) => work(explaining(sql))),
  });
  return plans.flatMap(nodesOf);
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

function readsWhole(nodes: PlanNode[]): boolean {
  const types = nodes.filter((node) => node['Relation Name'] === 'partners').map((node) => node['Node Type']);
  return types.some((type) => !/^(Index|Index Only|Bitmap Heap) Scan$/.test(type));
}
