import { SERVICES } from '../domain/catalog.ts';
import { COUNTRIES, LANGUAGES } from './requests.ts';

type Ask = (sql: string, values?: unknown[]) => Promise<unknown>;

/** What a partner of the large catalog offers: three of these, and one or two of the others. */
export const COMMON = SERVICES.slice(0, 6);
/** Every partner has one of the two, nobody has both. */
export const DISJOINT = SERVICES.slice(6, 8);
/** One partner in 2,000 has the one, one in 3,000 the other, one in 6,000 both. */
export const RARE = SERVICES.slice(8, 10);
/** One partner in ten is there, and none has room for another lead. */
export const FULL_COUNTRY = 'AQ';

/**
 * Partners for matching at its worst: services that nobody has together though everybody has one of them, services
 * that few have, a country where nobody has room. The same ones every time.
 */
export async function makeLargeCatalog(ask: Ask, count: number): Promise<void> {
  await ask(PARTNERS, [count, COUNTRIES, LANGUAGES, COMMON, DISJOINT, RARE, FULL_COUNTRY]);
  await ask('vacuum (analyze, freeze) partners');
}

const PARTNERS = `
insert into partners (id, slug, title, name, type, tier, country, primary_language, languages, services, email,
  locale, capacity, live_leads, rank, search_text)
select md5('partner ' || no)::uuid, 'partner-' || no, 'CRM and campaigns, no. ' || no, 'Partner ' || no,
  (array['agency', 'freelancer'])[1 + h % 2], (array['registered', 'silver', 'gold', 'platinum'])[1 + h / 2 % 4],
  case when no % 10 = 3 then $7 else ($2::text[])[1 + h / 8 % cardinality($2::text[])] end, first,
  case when first = second then array[first] else array[first, second] end,
  array(select service from unnest($4::text[]) as service order by hashtext(service || no) limit 3)
    || ($5::text[])[1 + no % 2]
    || case when no % 2000 = 7 then array[($6::text[])[1]] else '{}' end
    || case when no % 3000 = 7 then array[($6::text[])[2]] else '{}' end,
  'partner-' || no || '@partners.example', (array['en', 'pt-BR'])[1 + h % 2],
  case when no % 10 = 3 then 1 end, case when no % 10 = 3 then 1 else 0 end, h % 10007 / 100.07,
  'crm and campaigns, no. ' || no || ' partner ' || no
from generate_series(1, $1::int) as no,
  abs(hashtext('partner ' || no)::bigint) as h,
  cast(($3::text[])[1 + h / 64 % cardinality($3::text[])] as text) as first,
  cast(($3::text[])[1 + h / 512 % cardinality($3::text[])] as text) as second`;
