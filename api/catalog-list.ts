import { z } from 'zod';
import { type CatalogCursor, listPartners } from '../db/catalog-pages.ts';
import type { Reads } from '../db/connect.ts';
import { listSimilar, mayBeMistyped } from '../db/partner-search.ts';
import type { FilterCounts, PartnerFilter, PartnerView } from '../db/partners.ts';
import { decodeCursor, type Page, pageOf } from './cursor.ts';

// In the catalog's order: primary language, rank, id. Among similar partners: `similar`, similarity, rank, id.
const catalogPlace = z.tuple([z.boolean(), z.number(), z.uuid()]);
const searchPlace = z.union([
  catalogPlace,
  z.tuple([z.literal('similar'), z.number(), z.number(), z.uuid()]),
]);

/** A page of partners; `similar` where nobody's title or name holds the words, but some nearly do. */
export type CatalogPage = Page<PartnerView> & { similar?: boolean };

/**
 * A page of the catalog. Where nobody's title or name holds the words searched for, typing mistakes are
 * forgiven: the answer then says `similar: true`, and its cursors lead on among the similar.
 */
export async function listCatalog(
  db: Reads,
  filter: PartnerFilter,
  { cursor, limit, counts }: { cursor: string | undefined; limit: number; counts?: FilterCounts },
): Promise<CatalogPage> {
  const after = decodeCursor(filter.search ? searchPlace : catalogPlace, cursor);
  if (after?.[0] === 'similar') return similarPage(db, filter, after, limit);
  const [speaksFirst, rank, id] = after ?? [];
  const place = id === undefined ? undefined : ({ speaksFirst, rank, id } as CatalogCursor);
  const rows = await listPartners(db, filter, { after: place, limit: limit + 1, counts });
  if (rows.length === 0 && !after && mayBeMistyped(filter.search)) {
    return similarPage(db, filter, undefined, limit);
  }
  return pageOf(rows, limit, (last) => [last.speaksFirst, last.rank, last.id]);
}

async function similarPage(
  db: Reads,
  { search = '', ...filter }: PartnerFilter,
  after: ['similar', number, number, string] | undefined,
  limit: number,
): Promise<CatalogPage> {
  const place = after && { similarity: after[1], rank: after[2], id: after[3] };
  const rows = await listSimilar(db, { ...filter, search }, { after: place, limit: limit + 1 });
  const { data, page } = pageOf(rows, limit, (last) => ['similar', last.similarity, last.rank, last.id]);
  return { data, page, ...(data.length > 0 && { similar: true }) };
}
