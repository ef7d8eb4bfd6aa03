import type { TrackRecord } from '../domain/ranking.ts';
import type { Sql } from './connect.ts';

/** What a partner's past adds up to. */
export interface PartnerRecord extends TrackRecord {
  id: string;
  /** The median time to answer, of its latest answers; null: none yet. */
  answerSeconds: number | null;
}

// Enough for a median that one holiday does not move, and recent enough to be true.
const LATEST_ANSWERS = 30;

// Of a partner `p`: what its deals (d) and reviews (r) add up to.
const PAST = `
  cross join lateral (select
    (select count(*)::int from deals where partner_id = p.id and kind = 'won') as completed,
    (select percentile_cont(0.5) within group (order by seconds)::int from (
       select extract(epoch from answered_at - created_at) as seconds from deals
       where partner_id = p.id and answered_at is not null order by id desc limit ${LATEST_ANSWERS}) as latest) as seconds
    offset 0) as d  -- once for each partner, however often it is named
  cross join lateral (select count(*)::int as count, coalesce(sum(rating), 0)::int as sum from reviews
    where partner_id = p.id and hidden_at is null) as r`;

const RECORD = `p.id, d.completed as "completedProjects", r.count as "reviewCount", r.sum as "ratingSum",
  d.seconds as "answerSeconds"`;

/**
 * What the deals and reviews of some partners add up to. Call it after locking the partners, as a
 * statement of its own: a figure read before the lock may be older than what another has written.
 */
export function trackRecords(sql: Sql, partnerIds: string[]): Promise<PartnerRecord[]> {
  return sql.query<PartnerRecord>(`select ${RECORD} from unnest($1::uuid[]) as p (id) ${PAST}`, [partnerIds]);
}

/** A partner's past beside what its row says of it. */
export interface RankedPartner extends PartnerRecord {
  /** The rank in the row. */
  stored: number;
  /** The row does not say what the past adds up to. */
  moved: boolean;
}

/** The next page of partners, in id order, as they are now: nothing is locked. */
export function rankedAfter(sql: Sql, after: string | undefined, limit: number): Promise<RankedPartner[]> {
  return sql.query<RankedPartner>(
    `select ${RECORD}, p.rank as stored, (p.completed_projects, p.review_count, p.rating_sum, p.answer_seconds)
       is distinct from (d.completed, r.count, r.sum, d.seconds) as moved
     from (select * from partners where id > $1 order by id limit $2) as p ${PAST}
     order by p.id`,
    [after ?? '00000000-0000-0000-0000-000000000000', limit],
  );
}

/** Writes records and ranks, only where something changes. Returns how many rows changed. */
export async function updateRanks(sql: Sql, records: (PartnerRecord & { rank: number })[]): Promise<number> {
  const rows = await sql.query(
    `update partners p set completed_projects = x.completed, review_count = x.reviews, rating_sum = x.ratings,
       rank = x.rank, answer_seconds = x.seconds
     from unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::float8[], $6::int[])
       as x (id, completed, reviews, ratings, rank, seconds)
     where p.id = x.id and (p.completed_projects, p.review_count, p.rating_sum, p.rank, p.answer_seconds)
       is distinct from (x.completed, x.reviews, x.ratings, x.rank, x.seconds)
     returning p.id`,
    [
      records.map((record) => record.id),
      records.map((record) => record.completedProjects),
      records.map((record) => record.reviewCount),
      records.map((record) => record.ratingSum),
      records.map((record) => record.rank),
      records.map((record) => record.answerSeconds),
    ],
  );
  return rows.length;
}
