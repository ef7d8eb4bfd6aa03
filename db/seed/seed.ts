import { type SeedPartner, seedPartners } from './catalog.ts';
import { type History, history } from './history.ts';
import { uniqueNames } from './slug.ts';

/** A pg client inside one transaction. */
export interface SeedSql {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

/** Countries, tiers and services are spread well over this many. */
const PARTNERS = 320;
/** Rows sent at once: some 5 MB of JSON. */
const ROWS_PER_INSERT = 5_000;

/**
 * Fills an empty database with a catalog and the 24 months of projects and reviews that its figures count;
 * `now` is the newest instant of the history. Deterministic but for `now`: same ids (but for their time
 * part), texts and figures every time. Ranks stay 0.
 */
export async function seed(
  sql: SeedSql,
  options: { now?: Date; partners?: number } = {},
): Promise<{ partners: number; deals: number; reviews: number }> {
  const now = (options.now ?? new Date()).getTime();
  const uniqueMailbox = uniqueNames('');
  const partners = seedPartners(options.partners ?? PARTNERS);
  const pasts = partners.map((partner) => ({ partner, past: history(partner, uniqueMailbox, now) }));
  const histories = pasts.map(({ past }) => past);
  const deals = histories.flatMap((past) => past.deals);
  const reviews = histories.flatMap((past) => past.reviews);

  await insert(
    sql,
    'partners',
    pasts.map(({ partner, past }) => partnerRow(partner, past)),
  );
  await insert(
    sql,
    'pipelines',
    histories.flatMap((past) => past.pipelines),
  );
  await insert(
    sql,
    'stages',
    histories.flatMap((past) => past.stages),
  );
  await insert(
    sql,
    'requests',
    histories.flatMap((past) => past.requests),
  );
  await insert(
    sql,
    'matches',
    histories.flatMap((past) => past.matches),
  );
  await insert(sql, 'deals', deals);
  await insert(
    sql,
    'disclosures',
    histories.flatMap((past) => past.disclosures),
  );
  await insert(sql, 'reviews', reviews);
  return { partners: partners.length, deals: deals.length, reviews: reviews.length };
}

function partnerRow(partner: SeedPartner, { joinedAt, deals, reviews }: History) {
  const count = (kind: string) => deals.filter((deal) => deal.kind === kind).length;
  const { primaryLanguage, searchText, ...columns } = partner;
  return {
    ...columns,
    primary_language: primaryLanguage,
    search_text: searchText,
    live_leads: count('in_progress'),
    completed_projects: count('won'),
    review_count: reviews.length,
    rating_sum: reviews.reduce((sum, review) => sum + review.rating, 0),
    created_at: new Date(joinedAt).toISOString(),
  };
}

/** Inserts rows that all have the same keys; Postgres casts each to its column's type. */
async function insert(sql: SeedSql, table: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) {
    await sql.query(
      `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows.slice(i, i + ROWS_PER_INSERT))],
    );
  }
}
