import { SERVICES } from '../domain/catalog.ts';
import { COUNTRIES, LANGUAGES } from './requests.ts';

type Ask = (sql: string, values?: unknown[]) => Promise<unknown>;

/**
 * Partners in plenty, the same ones every time: four services each, without a limit on their leads, each with the
 * pipeline that its first lead would have made. Every request of requests.ts finds more than three.
 */
export async function makeCatalog(ask: Ask, count: number): Promise<void> {
  await ask(PARTNERS, [count, COUNTRIES, LANGUAGES, SERVICES]);
  await ask(`insert into pipelines (id, partner_id, name, position)
    select md5('pipeline ' || id)::uuid, id, 'SendPulse Leads', 0 from partners`);
  await ask(`insert into stages (id, pipeline_id, name, kind, position)
    select md5('stage ' || kind || id)::uuid, id, kind, kind, no - 1
    from pipelines, unnest(array['new', 'in_progress', 'won', 'lost']) with ordinality as k (kind, no)`);
  for (const table of ['partners', 'pipelines', 'stages']) await ask(`vacuum (analyze, freeze) ${table}`);
}

const PARTNERS = `
insert into partners (id, slug, title, name, type, tier, country, primary_language, languages, services, email,
  locale, rank, search_text)
select md5('partner ' || no)::uuid, 'partner-' || no, 'CRM and campaigns, no. ' || no, 'Partner ' || no,
  (array['agency', 'freelancer'])[1 + h % 2], (array['registered', 'silver', 'gold', 'platinum'])[1 + h / 2 % 4],
  ($2::text[])[1 + h / 8 % cardinality($2::text[])], first,
  case when first = second then array[first] else array[first, second] end,
  array(select service from unnest($4::text[]) as service order by hashtext(service || no) limit 4),
  'partner-' || no || '@partners.example', (array['en', 'pt-BR'])[1 + h % 2], h % 10007 / 100.07,
  'crm and campaigns, no. ' || no || ' partner ' || no
from generate_series(1, $1::int) as no,
  abs(hashtext('partner ' || no)::bigint) as h,
  cast(($3::text[])[1 + h / 64 % cardinality($3::text[])] as text) as first,
  cast(($3::text[])[1 + h / 512 % cardinality($3::text[])] as text) as second`;
