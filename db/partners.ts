import type { PartnerType, Tier } from '../domain/catalog.ts';
import type { Sql } from './connect.ts';

/** A partner as anybody sees it. */
export interface PartnerView {
  id: string;
  slug: string;
  title: string;
  name: string;
  about: string;
  type: PartnerType;
  tier: Tier;
  country: string;
  languages: { code: string; primary: boolean }[];
  services: string[];
  accepting: boolean;
  /** The mean of the visible ratings; null without any. */
  rating: number | null;
  reviewCount: number;
  completedProjects: number;
  /** How long it typically takes to answer; null while nobody knows. */
  answerSeconds: number | null;
}

/** What the catalog can be filtered by; all given ones must hold. `search` is folded text. */
export interface PartnerFilter {
  services: string[];
  country: string | undefined;
  language: string | undefined;
  type: string | undefined;
  tier: string | undefined;
  search: string | undefined;
}

/** The columns of a `PartnerView`, of partners `p`. */
export const PARTNER_VIEW = `p.id, p.slug, p.title, p.name, p.about, p.type, p.tier, p.country, p.services, p.accepting,
  (select jsonb_agg(jsonb_build_object('code', code, 'primary', code = p.primary_language)
     order by code <> p.primary_language, code) from unnest(p.languages) as code) as languages,
  case when p.review_count > 0 then round(p.rating_sum::numeric / p.review_count, 2)::float8 end as rating,
  p.review_count as "reviewCount", p.completed_projects as "completedProjects",
  p.answer_seconds as "answerSeconds"`;

/** SQL that joins the partners `p` whose ids are `found`: by key, row by row, whatever else the planner thinks of. */
export const EACH = 'cross join lateral (select * from partners p where p.id = found.id offset 0) as p';

/** Gives a value's placeholder. */
export type Bind = (value: unknown) => string;

/** The values of a statement while it is written. */
export function binding(): { values: unknown[]; bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

/** A filter, or a part of one; requests say null where nothing is asked. */
type Wishes = { [Field in keyof PartnerFilter]?: PartnerFilter[Field] | null };

/** What a filter asks of `partners p`: all must hold. */
export function conditions(filter: Wishes, bind: Bind): string[] {
  const { services, country, language, type, tier, search } = filter;
  const where: string[] = [];
  if (services?.length) where.push(`p.services @> ${bind(services)}::text[]`);
  if (country) where.push(`p.country = ${bind(country)}`);
  if (language) where.push(`p.languages @> ${bind([language])}::text[]`);
  if (type) where.push(`p.type = ${bind(type)}`);
  if (tier) where.push(`p.tier = ${bind(tier)}`);
  if (search) where.push(`strpos(p.search_text, ${bind(search)}) <> 0`);
  return where;
}

/**
 * The same, but for the search, as the index of facets knows it. Many may offer each of several services, and few all:
 * who does is found by pairs.
 */
export function byFacets({ services, ...filter }: Wishes, bind: Bind): string[] {
  const wanted = [...new Set(services)];
  const others = conditions({ ...filter, search: undefined }, bind);
  if (wanted.length < 2) return [...conditions({ services: wanted }, bind), ...others];
  return [`service_pairs(p.services) @> service_pairs(${bind(wanted)}::text[])`, ...others];
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A listed partner by id or slug. */
export async function findPartner(sql: Sql, idOrSlug: string): Promise<PartnerView | undefined> {
  const [partner] = await sql.query<PartnerView>(
    // The id as a uuid: as text it would have no index.
    `select ${PARTNER_VIEW} from partners p where p.listed and (p.slug = $1 or p.id = $2::uuid)`,
    [idOrSlug, UUID.test(idOrSlug) ? idOrSlug : null],
  );
  return partner;
}

/** What must be known of partners that clients chose, by id; those that are not listed are not there. */
export async function findAddressees(sql: Sql, ids: string[]): Promise<Map<string, { accepting: boolean }>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.query<{ id: string; accepting: boolean }>(
    'select id, accepting from partners where id = any ($1::uuid[]) and listed',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** How many listed partners have each value of each filter, and how many there are in all. */
export interface FilterCounts {
  services: Record<string, number>;
  countries: Record<string, number>;
  languages: Record<string, number>;
  types: Record<string, number>;
  tiers: Record<string, number>;
  total: number;
}

/** Read, not counted: triggers keep the figures (db/migrations/0005-catalog-facets.ts). */
export async function countFilters(sql: Sql): Promise<FilterCounts> {
  const rows = await sql.query<{
    facet: Exclude<keyof FilterCounts, 'total'> | 'all';
    value: string;
    n: number;
  }>('select facet, value, n from catalog_counts where n > 0');
  const counts: FilterCounts = { services: {}, countries: {}, languages: {}, types: {}, tiers: {}, total: 0 };
  for (const { facet, value, n } of rows) {
    if (facet === 'all') counts.total = n;
    else counts[facet][value] = n;
  }
  return counts;
}
