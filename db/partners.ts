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

/** Where a page of the catalog ended. */
export interface CatalogCursor {
  speaksFirst: boolean;
  rank: number;
  id: string;
}

/** The columns of a `PartnerView`, of partners `p`. */
export const PARTNER_VIEW = `p.id, p.slug, p.title, p.name, p.about, p.type, p.tier, p.country, p.services, p.accepting,
  (select jsonb_agg(jsonb_build_object('code', code, 'primary', code = p.primary_language)
     order by code <> p.primary_language, code) from unnest(p.languages) as code) as languages,
  case when p.review_count > 0 then round(p.rating_sum::numeric / p.review_count, 2)::float8 end as rating,
  p.review_count as "reviewCount", p.completed_projects as "completedProjects"`;

/**
 * A page of the catalog in its order: with a language, those who have it as primary first; then by
 * rank, then by id.
 */
export function listPartners(
  sql: Sql,
  filter: PartnerFilter,
  page: { after: CatalogCursor | undefined; limit: number },
): Promise<(PartnerView & CatalogCursor)[]> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const { language, search } = filter;
  const speaksFirst = language ? `(p.primary_language = ${bind(language)})` : 'false';
  const where = conditions(filter, bind);
  if (search) where.push(`p.search_text like ${bind(`%${search.replace(/[\\%_]/g, '\\$&')}%`)}`);
  if (page.after) {
    const { speaksFirst: first, rank, id } = page.after;
    where.push(
      `(not ${speaksFirst}, -p.rank, p.id) > (not ${bind(first)}::bool, -${bind(rank)}::float8, ${bind(id)}::uuid)`,
    );
  }
  return sql.query(
    `select ${PARTNER_VIEW}, ${speaksFirst} as "speaksFirst", p.rank from partners p where ${where.join(' and ')}
     order by ${language ? `${speaksFirst} desc, ` : ''}p.rank desc, p.id limit ${bind(page.limit)}`,
    values,
  );
}

/** What the filter asks of `partners p`, but for the search: all must hold. `bind` gives a value's placeholder. */
export function conditions(filter: PartnerFilter, bind: (value: unknown) => string): string[] {
  const { services, country, language, type, tier } = filter;
  const where = ['p.listed'];
  if (services.length > 0) where.push(`p.services @> ${bind(services)}::text[]`);
  if (country) where.push(`p.country = ${bind(country)}`);
  if (language) where.push(`${bind(language)} = any (p.languages)`);
  if (type) where.push(`p.type = ${bind(type)}`);
  if (tier) where.push(`p.tier = ${bind(tier)}`);
  return where;
}

/** A listed partner by id or slug. */
export async function findPartner(sql: Sql, idOrSlug: string): Promise<PartnerView | undefined> {
  const [partner] = await sql.query<PartnerView>(
    `select ${PARTNER_VIEW} from partners p where p.listed and (p.slug = $1 or p.id::text = lower($1))`,
    [idOrSlug],
  );
  return partner;
}

/** What intake must know of a partner that a client chose. */
export async function findAddressee(sql: Sql, id: string): Promise<{ accepting: boolean } | undefined> {
  const [partner] = await sql.query<{ accepting: boolean }>(
    'select accepting from partners where id = $1 and listed',
    [id],
  );
  return partner;
}

/** How many listed partners have each value of each filter. */
export interface FilterCounts {
  services: Record<string, number>;
  countries: Record<string, number>;
  languages: Record<string, number>;
  types: Record<string, number>;
  tiers: Record<string, number>;
}

export async function countFilters(sql: Sql): Promise<FilterCounts> {
  const count = (value: string, from = '') =>
    `(select coalesce(jsonb_object_agg(value, n), '{}') from (
       select ${value} as value, count(*) as n from partners p ${from} where p.listed group by 1) as counted)`;
  const [counts] = await sql.query<FilterCounts>(
    `select ${count('service', 'cross join unnest(p.services) as service')} as services,
       ${count('p.country')} as countries,
       ${count('language', 'cross join unnest(p.languages) as language')} as languages,
       ${count('p.type')} as types, ${count('p.tier')} as tiers`,
  );
  if (!counts) throw new Error('counting returned no row');
  return counts;
}
