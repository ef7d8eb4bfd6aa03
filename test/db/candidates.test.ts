import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Eligible, findEligible, type Search } from '../../db/candidates.ts';
import { connect, type Database, type Sql } from '../../db/connect.ts';
import { random } from '../../db/seed/random.ts';
import { SERVICES } from '../../domain/catalog.ts';
import { CANDIDATES } from '../../domain/matching.ts';
import { freshDatabase, testDatabase } from '../helpers/database.ts';
import { generatePartners } from '../helpers/match-catalog.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PARTNERS = 20_000;

const search = (overrides: Partial<Search> = {}): Search => ({
  requestId: uuidv7(),
  services: [],
  country: null,
  language: null,
  partnerType: null,
  tier: null,
  asked: [],
  ...overrides,
});

const COMMON = { services: ['crm-setup'], country: 'BR', language: 'pt' };
const RARE = { services: ['integrations-and-api', 'consulting-and-audit'] };

describe('among few partners', () => {
  test('partners of equal rank come in the order of their ids, primary language first', async () => {
    const { db } = await testDatabase('empty');
    const id = (start: string) => `${start}0000000-0000-7000-8000-000000000000`;
    await insertPartners(db, [
      newPartner({ id: id('f'), primaryLanguage: 'pt', rank: 10 }),
      newPartner({ id: id('9'), primaryLanguage: 'pt', rank: 10 }),
      newPartner({ id: id('a'), primaryLanguage: 'en', languages: ['en', 'pt'], rank: 90 }),
      newPartner({ id: id('0'), primaryLanguage: 'en', languages: ['en', 'pt'], rank: 90 }),
      newPartner({ id: id('b'), primaryLanguage: 'en', languages: ['en'], rank: 99 }),
    ]);
    const wanted = search({ language: 'pt' });
    const found = (await findEligible(db, [wanted])).get(wanted.requestId);
    expect(found?.candidates.map((each) => [each.id, each.speaksFirst])).toEqual([
      [id('9'), true],
      [id('f'), true],
      [id('0'), false],
      [id('a'), false],
    ]);
  });

  test('many searches at once are answered in their order, each for itself', async () => {
    const { db } = await testDatabase('empty');
    const [asked, other] = [newPartner({ rank: 2 }), newPartner({ rank: 1 })];
    await insertPartners(db, [asked, other]);
    const searches = [
      search({ asked: [asked.id] }),
      search({ country: 'PT' }),
      search(),
      search({ asked: [asked.id, other.id] }),
    ];
    const found = await findEligible(db, searches);
    expect(searches.map(({ requestId }) => idsOf(found.get(requestId)))).toEqual([
      [other.id],
      [],
      [asked.id, other.id],
      [],
    ]);
    expect(searches.map(({ requestId }) => found.get(requestId)?.count)).toEqual([1, 0, 2, 0]);
  });

  test('who has no room, does not accept or is not listed is not among them', async () => {
    const { db } = await testDatabase('empty');
    const open = newPartner({ capacity: 2, liveLeads: 1 });
    await insertPartners(db, [
      open,
      newPartner({ capacity: 2, liveLeads: 2 }),
      newPartner({ accepting: false }),
      newPartner({ listed: false }),
    ]);
    const wanted = search();
    const eligible = async () => idsOf((await findEligible(db, [wanted])).get(wanted.requestId));
    expect(await eligible()).toEqual([open.id]);
    await db.query('update partners set live_leads = 2 where id = $1', [open.id]);
    expect(await eligible()).toEqual([]);
  });

  test('up to 1,000 are all counted', async () => {
    const { db } = await testDatabase('empty');
    await insertPartners(
      db,
      Array.from({ length: 40 }, () => newPartner({ country: 'BR' })),
    );
    const wanted = search({ country: 'BR' });
    const found = (await findEligible(db, [wanted])).get(wanted.requestId);
    expect([found?.candidates.length, found?.count, found?.orMore]).toEqual([CANDIDATES, 40, false]);
  });

  test('no search finds nobody', async () => {
    const { db } = await testDatabase('empty');
    expect(await findEligible(db, [])).toEqual(new Map());
  });
});

describe(`among ${PARTNERS} partners`, () => {
  let db: Database;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const fresh = await freshDatabase('empty');
    drop = fresh.drop;
    db = connect(fresh.url);
    await generatePartners(db, PARTNERS);
  });
  afterAll(async () => {
    await db.close();
    await drop();
  });

  test('a common search says that there are more, a rare one finds the few', async () => {
    const [common, rare, all] = [search(COMMON), search(RARE), search()];
    const found = await findEligible(db, [common, rare, all]);
    expect(found.get(common.requestId)).toMatchObject({ count: CANDIDATES, orMore: true });
    const few = found.get(rare.requestId);
    expect(few?.count).toBeLessThan(CANDIDATES);
    expect(few).toMatchObject({ count: few?.candidates.length, orMore: false });
    expect(found.get(all.requestId)).toMatchObject({ count: CANDIDATES, orMore: true });
  });

  test('whatever is asked for, they are those of a search through all partners', async () => {
    const dice = random('candidates');
    const some = <T>(values: readonly T[]): T | null => (dice.next() < 0.5 ? dice.pick(values) : null);
    const searches = Array.from({ length: 300 }, () =>
      search({
        services: SERVICES.filter(() => dice.next() < 0.2),
        country: some(['BR', 'PT', 'UA']),
        language: some(['pt', 'en', 'uk', 'fr']),
        partnerType: some(['agency', 'freelancer']),
        tier: some(['registered', 'silver', 'platinum']),
      }),
    );
    const found = await findEligible(db, searches);
    for (const each of searches) {
      const all = await db.query<{ id: string }>(EVERYBODY, [
        each.services,
        each.country,
        each.language,
        each.partnerType,
        each.tier,
      ]);
      const { candidates, count, orMore } = found.get(each.requestId) ?? {};
      expect(candidates?.map(({ id }) => id)).toEqual(all.slice(0, CANDIDATES).map(({ id }) => id));
      if (orMore) expect(all.length).toBeGreaterThanOrEqual(count ?? Number.NaN);
      else expect(count).toBe(all.length);
    }
  });

  const kinds: Record<string, Partial<Search>> = {
    'a common search': COMMON,
    'two common services': { services: ['crm-setup', 'email-marketing'] },
    'a rare combination of services': RARE,
    'a service that nobody offers': { services: ['unheard-of'] },
    'no wishes at all': {},
    'only a country and a language': { country: 'BR', language: 'pt' },
    'only a language that few speak first': { language: 'fr' },
    'wishes that nobody meets': { country: 'ZW', language: 'fr', tier: 'platinum' },
  };

  test.each(Object.entries(kinds))(
    '%s: no reading of the whole table, alone and in a batch of 50',
    async (_, wishes) => {
      for (const size of [1, 50]) {
        const nodes = await partnerNodes(Array.from({ length: size }, () => search(wishes)));
        expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
        expect(nodes.length).toBeGreaterThan(0);
      }
    },
  );

  test.each(Object.entries(kinds))('%s: the best partners are read, not all of them', async (_, wishes) => {
    expect(await rowsRead(wishes)).toBeLessThan(100);
  });

  test('a batch that finds enough is one statement', async () => {
    let statements = 0;
    const counting: Sql = {
      query: (text, values) => {
        statements += 1;
        return db.query(text, values);
      },
    };
    await findEligible(
      counting,
      Array.from({ length: 50 }, () => search(COMMON)),
    );
    expect(statements).toBe(1);
  });

  /** Rows read from the table for one search, kept or filtered out; what an index alone answers is not among them. */
  async function rowsRead(wishes: Partial<Search>): Promise<number> {
    const nodes = await partnerNodes([search(wishes)]);
    return nodes
      .filter((node) => node['Relation Name'] && node['Node Type'] !== 'Index Only Scan')
      .reduce(
        (sum, node) =>
          sum +
          ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 0),
        0,
      );
  }

  /** How a search really reads partners: every node that touches them of its statements' plans, as run. */
  async function partnerNodes(searches: Search[]): Promise<PlanNode[]> {
    const plans: { 'QUERY PLAN': [{ Plan: PlanNode }] }[] = [];
    const explaining: Sql = {
      async query<Row>(text: string, values?: unknown[]) {
        plans.push(...(await db.query<(typeof plans)[0]>(`explain (analyze, format json) ${text}`, values)));
        return db.query<Row>(text, values);
      },
    };
    await findEligible(explaining, searches);
    return plans
      .flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan)))
      .filter((node) => node['Actual Loops'] !== 0)
      .filter((node) => node['Relation Name'] === 'partners' || /^partners_/.test(node['Index Name'] ?? ''));
  }
});

function idsOf(found: Eligible | undefined): string[] | undefined {
  return found?.candidates.map(({ id }) => id);
}

const EVERYBODY = `
select id from partners
where listed and accepting and (capacity is null or live_leads < capacity)
  and not exists (select from unnest($1::text[]) as service where service <> all (services))
  and coalesce($2, country) = country and coalesce($4, type) = type and coalesce($5, tier) = tier
  and ($3::text is null or $3 = any (languages))
order by primary_language is not distinct from $3 desc, rank desc, id`;

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
