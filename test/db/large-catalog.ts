import type { Sql } from '../../db/connect.ts';
import { NAME_INDEXES } from '../../db/migrations/0014-catalog-walk.ts';
import { SERVICES } from '../../domain/catalog.ts';

/** How many of 10,000 partners have each country and primary language: common ones, and some with a handful. */
const COUNTRIES = { BR: 4_500, US: 2_500, PT: 1_300, DE: 1_000, UA: 500, ES: 150, GE: 40, AX: 7, ZW: 3 };
const LANGUAGES = { pt: 4_500, en: 3_300, de: 1_000, uk: 800, es: 350, fr: 40, ka: 10 };
const TIERS = { registered: 7_000, silver: 2_400, gold: 560, platinum: 40 };
const TYPES = { agency: 7_500, freelancer: 2_500 };

// Words of 10,000 titles: from one that a third have to one that hardly anybody has.
const WORDS = { crm: 3_000, simples: 3_000, growth: 2_500, email: 1_000, lojas: 450, clinics: 40, zebra: 10 };

/** Each service by how many of 10,000 partners offer it; the last two are rare. */
const OFFERED = [5_500, 4_000, 3_500, 3_000, 2_500, 2_500, 1_500, 800, 60, 8];

// The same catalog every time: a number that the partner's number and a salt decide, 0 to 9,999.
const DICE = `create function pg_temp.dice(no int, salt int) returns int language sql immutable
  as 'select ((hashint4extended(no, salt) & 2147483647) % 10000)::int'`;

/**
 * Writes a large catalog in one statement (10,000 partners: 1.5 s) and lets the planner know of it. One in 30
 * is not listed. Six in ten are newcomers and have the same rank; the others' have two decimals, so some meet.
 */
export async function writeLargeCatalog(sql: Sql, count: number): Promise<void> {
  await sql.query(DICE);
  // Names are indexed all at once: one by one takes several times as long.
  await sql.query('drop index partner_names_by_fives, partner_names_by_threes');
  await sql.query(
    `insert into partners (id, slug, title, name, about, type, tier, country, primary_language, languages, services,
       email, locale, listed, rank, search_text)
     select gen_random_uuid(), 'partner-' || no, title, name, repeat('What we do and for whom. ', 16),
       ${pick(TYPES, 1)}, ${pick(TIERS, 2)}, ${pick(COUNTRIES, 3)}, first,
       array[first] || array_remove(array[second], first),
       array(select service from unnest($2::text[], $3::int[]) with ordinality as s (service, offered, place)
         where pg_temp.dice(no, 100 + place::int) < offered),
       no || '@partners.example', 'en', pg_temp.dice(no, 4) % 30 > 0,
       case when pg_temp.dice(no, 5) < 6000 then 45 else pg_temp.dice(no, 6) / 100.0 end,
       lower(title || ' ' || name)
     from generate_series(1, $1::int) as no, lateral (select
       ${pick(WORDS, 7)} || ' ' || ${pick(WORDS, 8)} as title, 'Studio ' || left(md5(no::text), 8) as name,
       ${pick(LANGUAGES, 9)} as first, ${pick(LANGUAGES, 10)} as second) as said`,
    [count, SERVICES, OFFERED],
  );
  await sql.query(NAME_INDEXES);
  await sql.query('vacuum analyze partners, partner_names');
}

/** SQL that gives partner `no` one of the words, as often as their shares say. */
function pick(shares: Record<string, number>, salt: number): string {
  let upTo = 0;
  const cases = Object.entries(shares).map(([word, share]) => {
    upTo += share;
    return `when pg_temp.dice(no, ${salt}) < ${upTo} then '${word}'`;
  });
  return `(case ${cases.join(' ')} end)`;
}
