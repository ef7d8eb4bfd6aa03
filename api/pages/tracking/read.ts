import { listPartners } from '../../../db/catalog-pages.ts';
import type { Sql } from '../../../db/connect.ts';
import type { MatchView } from '../../../db/matches.ts';
import { countFilters, type FilterCounts, type PartnerView } from '../../../db/partners.ts';
import { requestVersion } from '../../../db/request-version.ts';
import type { WholeRequest } from '../../../db/requests.ts';
import { fold } from '../../../domain/fold.ts';
import { nextStatus } from '../../../domain/request-life.ts';
import { readRequest, suggestionsFor } from '../../request-view.ts';
import { readCatalogQuery } from '../catalog/query.ts';
import { type TightWish, tightWishes, without } from './wishes.ts';

// Two rows of three; more is what the catalog is for.
const SUGGESTED = 6;

/** What the client of a request sees. */
export interface Tracked {
  request: WholeRequest;
  matches: MatchView[];
  /** Whom the request could be sent to; absent while it may not be sent to anybody. */
  others?: Others;
  /** How an unmatched request could ask for less. */
  widening?: { tight: TightWish[]; counts: FilterCounts };
  version: string;
}

export interface Others {
  suggestions: PartnerView[];
  /** The one wish that the suggestions do not meet, where nobody meets all. */
  but?: TightWish;
  /** What was searched for by title or name, and who was found. */
  q?: string | undefined;
  found: PartnerView[];
}

/**
 * Reads all that a request's page shows. The version first: what changes meanwhile is then news to the page.
 * @param query of the page's address
 */
export async function readTracked(sql: Sql, id: string, query: Record<string, unknown>): Promise<Tracked> {
  const version = (await requestVersion(sql, id)) ?? '';
  const { request, matches } = await readRequest(sql, id);
  const tracked = { request, matches, version };
  if (!nextStatus(request.status, 'forwarded')) return tracked;
  if (request.status !== 'unmatched') return { ...tracked, others: await othersFor(sql, tracked, query) };
  const tight = await tightWishes(sql, request.criteria);
  const others = await othersFor(sql, tracked, query, tight[0]);
  return { ...tracked, others, widening: { tight, counts: await countFilters(sql) } };
}

/** Who meets all criteria; where nobody does, who meets all but the tightest. */
async function othersFor(
  sql: Sql,
  { request, matches }: Pick<Tracked, 'request' | 'matches'>,
  query: Record<string, unknown>,
  tightest?: TightWish,
): Promise<Others> {
  const { id, criteria } = request;
  const { q } = readCatalogQuery({ q: query.q });
  const asked = new Set(matches.map(({ partner }) => partner.id));
  const found = q ? await named(sql, q) : [];
  const others = { q, found: found.filter((partner) => !asked.has(partner.id)) };
  const matching = await suggestionsFor(sql, id, criteria);
  if (matching.length > 0 || !tightest) return { ...others, suggestions: matching.slice(0, SUGGESTED) };
  const nearly = await suggestionsFor(sql, id, without(criteria, tightest.wish));
  return { ...others, suggestions: nearly.slice(0, SUGGESTED), but: tightest };
}

function named(sql: Sql, q: string): Promise<PartnerView[]> {
  const everywhere = { country: undefined, language: undefined, type: undefined, tier: undefined };
  const filter = { services: [], ...everywhere, search: fold(q) };
  return listPartners(sql, filter, { after: undefined, limit: SUGGESTED });
}
