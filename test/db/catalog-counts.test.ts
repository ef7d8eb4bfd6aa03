import fc from 'fast-check';
import knex from 'knex';
import { expect, test } from 'vitest';
import type { Database, Sql } from '../../db/connect.ts';
import * as facets from '../../db/migrations/0005-catalog-facets.ts';
import * as matchingInOrder from '../../db/migrations/0013-matching-in-order.ts';
import * as catalogWalk from '../../db/migrations/0014-catalog-walk.ts';
import { countFilters } from '../../db/partners.ts';
import { testDatabase } from '../helpers/database.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { writeLargeCatalog } from './large-catalog.ts';

/** The counts, counted from the rows. */
async function recount(sql: Sql) {
  const count = (value: string) =>
    `(select coalesce(jsonb_object_agg(value, n), '{}') from (
       select value, count(distinct p.id)::int as n from partners p cross join ${value} where p.listed group by 1))`;
  const [counts] = await sql.query(
    `select ${count('unnest(p.services) as value')} as services, ${count('unnest(p.languages) as value')} as languages,
       ${count('lateral (select p.country) as x (value)')} as countries,
       ${count('lateral (select p.type) as x (value)')} as types,
       ${count('lateral (select p.tier) as x (value)')} as tiers,
       (select count(*)::int from partners where listed) as total`,
  );
  return counts;
}

/** Partners whose name the search does not know, or knows otherwise. */
const MISNAMED = `select from partners p full join partner_names n on n.partner_id = p.id
  where p.search_text is distinct from n.search_text`;

async function expectExact(db: Sql): Promise<void> {
  expect(await countFilters(db)).toEqual(await recount(db));
  expect(await db.query(MISNAMED)).toEqual([]);
}

const NOBODY = { services: {}, countries: {}, languages: {}, types: {}, tiers: {}, total: 0 };

/** One change of somebody: what is set, in SQL. */
const CHANGES = [
  `listed = not listed`,
  `country = case country when 'BR' then 'US' else 'BR' end`,
  `languages = '{en,pt,es}'`,
  `languages = array[primary_language], primary_language = primary_language`,
  `services = '{}'`,
  `services = '{crm-setup,crm-setup,landing-pages}'`,
  `type = case type when 'agency' then 'freelancer' else 'agency' end`,
  `tier = case tier when 'gold' then 'silver' else 'gold' end`,
  `tier = 'platinum', country = 'AX', services = '{email-marketing}', listed = true`,
  `rank = rank + 1, live_leads = live_leads + 1, title = 'Other', search_text = 'other'`,
  `id = gen_random_uuid()`,
];

type Step = { kind: 'insert' | 'delete' | 'update'; change: string; tenth: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('insert' as const, 'delete' as const, 'update' as const, 'update' as const),
  change: fc.constantFrom(...CHANGES),
  tenth: fc.nat(9),
});

/** Does a step to a tenth of the partners whose slugs begin with `owner`. */
async function take(sql: Sql, owner: string, { kind, change, tenth }: Step): Promise<void> {
  const whom = `slug like '${owner}%' and abs(hashtext(slug) % 10) = ${tenth}`;
  if (kind === 'delete') await sql.query(`delete from partners where ${whom}`);
  else if (kind === 'update') await sql.query(`update partners set ${change} where ${whom}`);
  else await insertPartners(sql, newcomers(owner, 1 + tenth / 2));
}

const newcomers = (owner: string, count: number) =>
  Array.from({ length: count }, (_, n) => {
    const partner = newPartner({ listed: n % 3 < 2, tier: n % 2 === 0 ? 'silver' : 'gold' });
    return { ...partner, slug: `${owner}-${partner.id}` };
  });

test('counts are what counting gives, after any changes by many at once, done or taken back', async () => {
  const { db } = await testDatabase('empty');
  const owners = ['a', 'b', 'c', 'd'];
  for (const owner of owners) await insertPartners(db, newcomers(owner, 20));
  const story = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 6 }), undone: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.tuple(story, story, story, story), async (stories) => {
      // Nobody may fail: a deadlock would.
      await Promise.all(
        stories.map(({ steps, undone }, n) => inTransaction(db, owners[n] ?? '', steps, undone)),
      );
      await expectExact(db);
    }),
    { numRuns: 60 },
  );
});

async function inTransaction(db: Database, owner: string, steps: Step[], undone: boolean): Promise<void> {
  const undo = new Error('undo');
  const done = db.transaction('job test', async (sql) => {
    for (const each of steps) await take(sql, owner, each);
    if (undone) throw undo;
  });
  await done.catch((error) => {
    if (error !== undo) throw error;
  });
}

test('many who edit the same few partners at once do not stop each other', async () => {
  const { db } = await testDatabase('empty');
  const partners = newcomers('same', 3);
  await insertPartners(db, partners);
  const edits = Array.from({ length: 120 }, (_, n) =>
    db.query(`update partners set ${CHANGES[n % 10]} where id = $1`, [partners[n % 3]?.id]),
  );
  await Promise.all(edits);
  await expectExact(db);
});

test('what changes with every request leaves the counts alone', async () => {
  const { db } = await testDatabase('empty');
  const partners = newcomers('p', 5);
  await insertPartners(db, partners);
  const rows = () =>
    db.query('select xmin::text, xmax::text, c.* from catalog_counts c order by facet, value');
  const before = await rows();
  expect(before.length).toBeGreaterThan(4);
  await db.query('update partners set live_leads = 7, rank = 3, completed_projects = 2, accepting = false');
  // A profile is written whole, whatever was changed in it.
  await db.query('update partners set title = $1, country = country, services = services', ['New']);
  const columns =
    'id, slug, title, name, type, tier, country, primary_language, languages, services, email, locale';
  await db.query(
    `insert into partners (${columns}, search_text) select ${columns}, search_text from partners on conflict do nothing`,
  );
  expect(await rows()).toEqual(before);
});

test('10,000 partners are counted as they come in one statement, and as they go', async () => {
  const { db } = await testDatabase('empty');
  await writeLargeCatalog(db, 10_000);
  await expectExact(db);
  expect((await countFilters(db)).total).toBeGreaterThan(9_000);
  await db.query(`delete from partners where country = 'BR'`);
  await expectExact(db);
  await db.query('truncate partners cascade');
  expect(await countFilters(db)).toEqual(NOBODY);
});

test('the migration counts those who are there already, and can be taken back', async () => {
  const { db, url } = await testDatabase('seeded');
  const counts = await countFilters(db);
  expect(counts.total).toBeGreaterThan(300);
  const migrator = knex({ client: 'pg', connection: url });
  try {
    for (const { down } of [catalogWalk, matchingInOrder, facets]) await migrator.transaction(down);
    await insertPartners(db, [newPartner({ country: 'AX' })]);
    for (const { up } of [facets, matchingInOrder, catalogWalk]) await migrator.transaction(up);
  } finally {
    await migrator.destroy();
  }
  await expectExact(db);
  expect(await countFilters(db)).toMatchObject({
    total: counts.total + 1,
    countries: { AX: expect.any(Number) },
  });
});
