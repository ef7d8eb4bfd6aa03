import type { Reads, Sql } from './connect.ts';
import { binding, conditions, EACH, PARTNER_VIEW, type PartnerFilter, type PartnerView } from './partners.ts';

/** Where a page of similar partners ended. */
export interface SimilarCursor {
  similarity: number;
  rank: number;
  id: string;
}

type SimilarRow = PartnerView & SimilarCursor;
type Search = PartnerFilter & { search: string };
interface SimilarPage {
  after: SimilarCursor | undefined;
  limit: number;
}

/**
 * How much of the words typed must be found in one stretch of title and name, in trigrams, 0 to 1.
 * `marketign` has 0.7 of "marketing", `burti lab` 0.62 of "buriti lab". With two letters of a name
 * changing places, this finds each of the seeded partners, among 2.3 on average; pg_trgm's own 0.6 would
 * miss every fifth.
 */
const ALIKE = 0.45;

/** The more alike, the fewer; and a page of these is full without those that are less so. */
const STEPS = [0.6, 0.5, ALIKE];

/** So many of the best partners are compared with a search: 15 us each. */
const COMPARED = 2_000;

// Three letters are alike to every word with the same first two.
const SHORTEST = 4;

/** Whether a search is long enough for a mistake in it to be told from another word. */
export function mayBeMistyped(search: string | undefined): search is string {
  return search !== undefined && search.length >= SHORTEST;
}

/**
 * A page of partners whose title or name is written like `filter.search`: for when nobody's holds it.
 * Most similar first, then by rank, then by id.
 *
 * Where many are alike, as to a word of many titles, the best partners alone make a page: only who is more alike than
 * the last of it is still looked for, and comes before.
 */
export function listSimilar(db: Reads, filter: Search, page: SimilarPage): Promise<SimilarRow[]> {
  return db.reading(async (sql) => {
    const best = await findAmongBest(sql, filter, page);
    const least = best[page.limit - 1]?.similarity;
    if (least !== undefined) {
      const more = least === page.after?.similarity ? [] : await findAlike(sql, filter, page, least + TINY);
      return [...more, ...best.filter(({ similarity }) => similarity === least)].slice(0, page.limit);
    }
    for (const step of STEPS) {
      const rows = await findAlike(sql, filter, page, step);
      if (rows.length === page.limit || step === ALIKE) return rows;
    }
    return [];
  });
}

// Less than any two similarities differ by: they are fractions of small numbers.
const TINY = 1e-6;

/** Of the best partners: the most alike; on later pages, the next ones that are just as alike as the last one. */
function findAmongBest(sql: Sql, filter: Search, { after, limit }: SimilarPage): Promise<SimilarRow[]> {
  const { values, bind } = binding();
  const { country, search, ...others } = filter;
  const along = ['p.listed', ...conditions({ country }, bind)];
  if (after) along.push(`(-p.rank, p.id) > (-${bind(after.rank)}::float8, ${bind(after.id)}::uuid)`);
  const where = ['true', ...conditions(others, bind)];
  const alike = after ? `= ${bind(after.similarity)}::float8` : `>= ${ALIKE}`;
  return sql.query(
    `select ${PARTNER_VIEW}, found.similarity, p.rank
     from (select p.id, p.similarity from (
         select p.id, p.rank, word_similarity(${bind(search)}, p.search_text)::float8 as similarity
         from (select * from partners p where ${along.join(' and ')}
           order by -p.rank, p.id limit ${COMPARED}) as p
         where ${where.join(' and ')} offset 0) as p
       where p.similarity ${alike} order by p.similarity desc, p.rank desc, p.id limit ${bind(limit)}) as found
     ${EACH} order by found.similarity desc, p.rank desc, p.id`,
    values,
  );
}

/** The most alike of all, if they are so by `least`. */
async function findAlike(
  sql: Sql,
  { search, ...filter }: Search,
  { after, limit }: SimilarPage,
  least: number,
): Promise<SimilarRow[]> {
  const { values, bind } = binding();
  const typed = bind(search);
  const where = ['p.listed', ...conditions(filter, bind)];
  if (after) {
    const { similarity, rank, id } = after;
    where.push(
      `(-found.similarity, -p.rank, p.id) > (-${bind(similarity)}::float8, -${bind(rank)}::float8, ${bind(id)}::uuid)`,
    );
  }
  // The index knows the threshold of its operator by this setting only. And where the planner expects most names to be
  // alike it would read the whole table, every time, for a guess.
  await sql.query(
    `select set_config('pg_trgm.word_similarity_threshold', $1, true), set_config('enable_seqscan', 'off', true)`,
    [String(least)],
  );
  return sql.query(
    `select ${PARTNER_VIEW}, found.similarity, p.rank
     from (select n.partner_id as id, word_similarity(${typed}, n.search_text)::float8 as similarity
       from partner_names n where n.search_text %> ${typed} offset 0) as found
     ${EACH} where ${where.join(' and ')} order by found.similarity desc, p.rank desc, p.id limit ${bind(limit)}`,
    values,
  );
}
