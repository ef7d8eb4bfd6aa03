import { foresee, WALKED, type Way } from './catalog-way.ts';
import type { Sql } from './connect.ts';
import { findHolders, holdsByThrees } from './partner-names.ts';
import {
  type Bind,
  binding,
  byFacets,
  conditions,
  countFilters,
  EACH,
  type FilterCounts,
  PARTNER_VIEW,
  type PartnerFilter,
  type PartnerView,
} from './partners.ts';

/** Which page of the catalog; `counts` spare a statement where they are known already. */
export interface PageAsked {
  after: CatalogCursor | undefined;
  limit: number;
  counts?: FilterCounts | undefined;
}

/** Where a page of the catalog ended. */
export interface CatalogCursor {
  speaksFirst: boolean;
  rank: number;
  id: string;
}

type CatalogRow = PartnerView & CatalogCursor;

// So many times as far goes a second walk, where the first found so much of a page at least.
const FURTHER = 10;

/**
 * A page of the catalog in its order: with a language, those who have it as primary first; then by rank, then by id.
 *
 * Most pages are full after a short walk along the best partners. Only where it was in vain, or is foreseen to be, all
 * are found who have what is asked for, and sorted. One way or the other, the page is the same.
 */
export async function listPartners(
  sql: Sql,
  filter: PartnerFilter,
  { after, limit, counts }: PageAsked,
): Promise<CatalogRow[]> {
  const holders = filter.search ? await findHolders(sql, filter.search) : undefined;
  if (holders?.length === 0) return [];
  const way: Way = holders
    ? { walk: 'none', by: { holders } }
    : foresee(counts ?? (await countFilters(sql)), filter, limit);
  const rows: CatalogRow[] = [];
  for (const speaksFirst of filter.language && (after?.speaksFirst ?? true) ? [true, false] : [false]) {
    const place = after?.speaksFirst === speaksFirst ? after : undefined;
    const part = { filter, speaksFirst, after: place, limit: limit - rows.length };
    if (part.limit > 0) rows.push(...(await findPart(sql, part, way)));
  }
  return rows;
}

/** Those of a page who have the language asked for as primary, or the others. */
interface Part {
  filter: PartnerFilter;
  speaksFirst: boolean;
  after: CatalogCursor | undefined;
  limit: number;
}

async function findPart(sql: Sql, part: Part, { walk, by }: Way): Promise<CatalogRow[]> {
  if (walk === 'none') return lookUp(sql, part, by);
  const rows = await walkAlong(sql, part, walk === 'all' ? undefined : WALKED);
  if (walk === 'all' || rows.length === part.limit) return rows;
  if (rows.length * FURTHER < part.limit) return lookUp(sql, part, by);
  const more = await walkAlong(sql, part, WALKED * FURTHER);
  return more.length === part.limit ? more : lookUp(sql, part, by);
}

/** In the catalog's order, within the country asked for: nothing is read but an index until the page is full. */
function walkAlong(sql: Sql, part: Part, bound: number | undefined): Promise<CatalogRow[]> {
  const { values, bind } = binding();
  const { country, ...others } = part.filter;
  const along = ['p.listed', ...conditions({ country }, bind), ...beyond(part, bind)];
  const where = ['true', ...conditions(others, bind), ...half(part, bind)];
  return sql.query(
    rowsOf(
      // They come as the walk meets them: to sort them, it would have to end first.
      `select p.id from (select * from partners p where ${along.join(' and ')}
         order by -p.rank, p.id ${bound ? `limit ${bound}` : 'offset 0'}) as p
       where ${where.join(' and ')} limit ${bind(part.limit)}`,
      part,
    ),
    values,
  );
}

/** All who have what is asked for, by an index of names or facets, then the first of them. */
function lookUp(sql: Sql, part: Part, by: Way['by']): Promise<CatalogRow[]> {
  const { values, bind } = binding();
  const indexed = ['p.listed'];
  if ('holders' in by) indexed.push(`p.id = any (${bind(by.holders)}::uuid[])`);
  else {
    const { search } = by.facets;
    indexed.push(...byFacets(by.facets, bind));
    if (search) indexed.push(holdsByThrees(search, bind));
    if (by.facets === part.filter) indexed.push(...half(part, bind));
  }
  const where = ['true', ...conditions(part.filter, bind), ...half(part, bind), ...beyond(part, bind)];
  return sql.query(
    rowsOf(
      `select p.id from (select * from partners p where ${indexed.join(' and ')} offset 0) as p
       where ${where.join(' and ')} order by -p.rank, p.id limit ${bind(part.limit)}`,
      part,
    ),
    values,
  );
}

/** The rows of those found, in the catalog's order. */
function rowsOf(found: string, { speaksFirst }: Part): string {
  return `select ${PARTNER_VIEW}, ${speaksFirst} as "speaksFirst", p.rank
    from (${found}) as found ${EACH} order by -p.rank, p.id`;
}

function beyond({ after }: Part, bind: Bind): string[] {
  return after ? [`(-p.rank, p.id) > (-${bind(after.rank)}::float8, ${bind(after.id)}::uuid)`] : [];
}

function half({ filter: { language }, speaksFirst }: Part, bind: Bind): string[] {
  return language ? [`p.primary_language ${speaksFirst ? '=' : '<>'} ${bind(language)}`] : [];
}
