import type { Database } from './connect.ts';
import { conditions, PARTNER_VIEW, type PartnerFilter, type PartnerView } from './partners.ts';

/** Where a page of similar partners ended. */
export interface SimilarCursor {
  similarity: number;
  rank: number;
  id: string;
}

/**
 * How much of the words typed must be found in one stretch of title and name, in trigrams, 0 to 1.
 * `marketign` has 0.7 of "marketing", `burti lab` 0.62 of "buriti lab". With two letters of a name
 * changing places, this finds each of the seeded partners, among 2.3 on average; pg_trgm's own 0.6 would
 * miss every fifth.
 */
const ALIKE = 0.45;

// Three letters are alike to every word with the same first two.
const SHORTEST = 4;

/** Whether a search is long enough for a mistake in it to be told from another word. */
export function mayBeMistyped(search: string | undefined): search is string {
  return search !== undefined && search.length >= SHORTEST;
}

/**
 * A page of partners whose title or name is written like `filter.search`: for when nobody's holds it.
 * Most similar first, then by rank, then by id.
 */
export function listSimilar(
  db: Database,
  filter: PartnerFilter & { search: string },
  page: { after: SimilarCursor | undefined; limit: number },
): Promise<(PartnerView & SimilarCursor)[]> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const search = bind(filter.search);
  const where = [...conditions(filter, bind), `p.search_text %> ${search}`];
  const similarity = `word_similarity(${search}, p.search_text)::float8`;
  if (page.after) {
    const { similarity: last, rank, id } = page.after;
    where.push(
      `(-${similarity}, -p.rank, p.id) > (-${bind(last)}::float8, -${bind(rank)}::float8, ${bind(id)}::uuid)`,
    );
  }
  return db.reading(async (sql) => {
    // The index knows the threshold of its operator by this setting only. And where the planner expects most
    // names to be alike it would read the whole table, every time, for a guess.
    await sql.query(
      `select set_config('pg_trgm.word_similarity_threshold', '${ALIKE}', true), set_config('enable_seqscan', 'off', true)`,
    );
    return sql.query(
      `select ${PARTNER_VIEW}, ${similarity} as similarity, p.rank from partners p
       where ${where.join(' and ')} order by similarity desc, p.rank desc, p.id limit ${bind(page.limit)}`,
      values,
    );
  });
}
