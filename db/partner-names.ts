import type { Sql } from './connect.ts';
import type { Bind } from './partners.ts';

/** Who holds what is searched for is known by name if no more than so many do. */
const FEW = 1_000;

// What `fives` gives of a text (db/migrations/0014-catalog-walk.ts).
const FIVE = 5;

/**
 * The partners, listed or not, whose title and name hold what is searched for.
 * @returns undefined if they are too many to be named, or what is searched for is too short to tell
 */
export async function findHolders(sql: Sql, search: string): Promise<string[] | undefined> {
  const letters = [...search];
  const last = letters.length - FIVE;
  if (last < 0) return undefined;
  // Fives that lie side by side do. Whether the text has them side by side is asked of the text, and of no other index.
  const fives = Array.from({ length: Math.ceil(last / FIVE) + 1 }, (_, no) => {
    const place = Math.min(no * FIVE, last);
    return letters.slice(place, place + FIVE).join('');
  });
  const rows = await sql.query<{ id: string }>(
    `select n.partner_id as id from partner_names n
     where fives(n.search_text) @> $1::text[] and strpos(n.search_text, $2) <> 0 limit ${FEW + 1}`,
    [fives, search],
  );
  return rows.length > FEW ? undefined : rows.map(({ id }) => id);
}

// The index by threes knows words by three letters in a row.
const THREES = /[\p{L}\p{N}]{3}/u;

/** Whether the index by threes can tell who holds what is searched for. */
export function knownByThrees(search: string): boolean {
  return THREES.test(search);
}

/** SQL: that title and name of a partner `p` hold it, by the index if that can tell. */
export function holdsByThrees(search: string, bind: Bind): string {
  if (!knownByThrees(search)) return `strpos(p.search_text, ${bind(search)}) <> 0`;
  const pattern = bind(`%${search.replace(/[\\%_]/g, '\\$&')}%`);
  return `p.id in (select n.partner_id from partner_names n where n.search_text like ${pattern})`;
}
