import type { Sql } from '../../db/connect.ts';
import { SERVICES } from '../../domain/catalog.ts';

const COUNTRIES = ['BR', 'BR', 'BR', 'US', 'GB', 'PT', 'ES', 'DE', 'UA', 'PL'];
const LANGUAGES = ['pt', 'pt', 'en', 'en', 'en', 'es', 'de', 'uk', 'pl', 'fr'];

// The same catalog every time: a number that the partner's number and a salt decide, 0 to 2^31 - 1.
const DICE = `create function dice(no int, salt bigint) returns int language sql immutable
  as 'select (hashint4extended(no, salt) & 2147483647)::int'`;

/**
 * Writes a large catalog in one statement and lets the planner know. Each service but the last two is offered
 * by three partners in ten, the last two by one in 500 each; one partner in 20 takes no projects, one in 30 is
 * not listed, one in four has a capacity of 1 to 5, and each has up to three live leads.
 */
export async function generatePartners(sql: Sql, count: number): Promise<void> {
  await sql.query(DICE);
  await sql.query(
    `insert into partners (id, slug, title, name, type, tier, country, primary_language, languages, services,
       email, locale, listed, accepting, capacity, live_leads, rank, search_text)
     select gen_random_uuid(), 'partner-' || no, 'Partner ' || no, 'Partner ' || no,
       (array['agency', 'freelancer'])[1 + dice(no, 1) % 2],
       (array['registered', 'registered', 'silver', 'gold', 'platinum'])[1 + dice(no, 2) % 5],
       ($2::text[])[1 + dice(no, 3) % 10], first, array[first] || array_remove(array[second], first),
       array(select service from unnest($3::text[]) with ordinality as s (service, place)
         where dice(no, 100 + place) % 1000 < case when place > 8 then 2 else 300 end),
       no || '@partners.example', 'en', dice(no, 4) % 30 > 0, dice(no, 5) % 20 > 0,
       case when dice(no, 6) % 4 = 0 then 1 + dice(no, 7) % 5 end, dice(no, 8) % 4,
       45 + (dice(no, 9) % 5000) / 100.0, 'partner ' || no
     from generate_series(1, $1::int) as no, lateral (select
       ($4::text[])[1 + dice(no, 10) % 10] as first, ($4::text[])[1 + dice(no, 11) % 10] as second) as spoken`,
    [count, COUNTRIES, SERVICES, LANGUAGES],
  );
  await sql.query('analyze partners');
}
