import type { RunDatabase } from './servers.ts';

interface Known {
  id: string;
  rank: number;
  completed: number;
  reviews: number;
  ratings: number;
  seconds: number | null;
}

// Partners are compared in so many parts, by the first byte of their ids.
const PARTS = 64;

/**
 * Reads all deals and reviews, adds them up in memory, and says which partners' rows say something else. The formula
 * is written down once more, from its description in domain/ranking.ts.
 */
export async function wrongRanks({ ask }: RunDatabase, partners: number): Promise<string[]> {
  const wrong: string[] = [];
  let compared = 0;
  for (let part = 0; part < PARTS; part++) {
    const [from, below] = [part, part + 1].map((no) => (no * 256) / PARTS);
    const bounds = [boundary(from ?? 0), boundary((below ?? 0) - 1, 'ff')];
    const known = await ask<Known>(
      `select id, rank, completed_projects as completed, review_count as reviews, rating_sum as ratings,
         answer_seconds as seconds
       from partners where id between $1 and $2`,
      bounds,
    );
    const deals = await ask<{ partner: string; kind: string; seconds: number | null }>(
      `select partner_id as partner, kind, extract(epoch from answered_at - created_at)::float8 as seconds
       from deals where partner_id between $1 and $2 order by id`,
      bounds,
    );
    const reviews = await ask<{ partner: string; rating: number }>(
      `select partner_id as partner, rating from reviews where partner_id between $1 and $2 and hidden_at is null`,
      bounds,
    );
    const [dealsOf, reviewsOf] = [byPartner(deals), byPartner(reviews)];
    for (const partner of known) {
      const own = addUp(dealsOf.get(partner.id) ?? [], reviewsOf.get(partner.id) ?? []);
      if (!same(own, partner)) wrong.push(`${JSON.stringify(partner)} instead of ${JSON.stringify(own)}`);
    }
    compared += known.length;
  }
  if (compared !== partners) wrong.push(`${compared} partners of ${partners}`);
  return wrong;
}

const boundary = (byte: number, rest = '00') =>
  `${byte.toString(16).padStart(2, '0')}${rest.repeat(15)}`.replace(
    /^(.{8})(.{4})(.{4})(.{4})/,
    '$1-$2-$3-$4-',
  );

function addUp(
  deals: { kind: string; seconds: number | null }[],
  reviews: { rating: number }[],
): Omit<Known, 'id'> {
  const completed = deals.filter(({ kind }) => kind === 'won').length;
  const ratings = reviews.reduce((sum, { rating }) => sum + rating, 0);
  const mean = (4 * 5 + ratings) / (5 + reviews.length);
  const rank =
    (60 * (mean - 1)) / 4 +
    Math.min(25, (25 * Math.log(1 + completed)) / Math.log(101)) +
    Math.min(15, (15 * Math.log(1 + reviews.length)) / Math.log(51));
  const answers = deals.flatMap(({ seconds }) => (seconds === null ? [] : [seconds])).slice(-30);
  return { rank, completed, reviews: reviews.length, ratings, seconds: middle(answers) };
}

/** The median; of two in the middle, what lies between them. */
function middle(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}

function same(a: Omit<Known, 'id'>, b: Known): boolean {
  return (
    Math.abs(a.rank - b.rank) < 1e-9 &&
    a.completed === b.completed &&
    a.reviews === b.reviews &&
    a.ratings === b.ratings &&
    a.seconds === b.seconds
  );
}

function byPartner<Row extends { partner: string }>(rows: Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.partner);
    if (group) group.push(row);
    else groups.set(row.partner, [row]);
  }
  return groups;
}
