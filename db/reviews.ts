import type { Sql } from './connect.ts';

/** A review as anybody sees it. */
export interface ReviewView {
  id: string;
  rating: number;
  comment: string;
  author: string;
  createdAt: Date;
  reply: string | null;
  repliedAt: Date | null;
}

/** A review as an administrator sees it. */
export interface ModeratedReview extends ReviewView {
  dealId: string;
  partnerId: string;
  hiddenAt: Date | null;
  hiddenReason: string | null;
}

const VIEW = `id, rating, comment, author, created_at as "createdAt", reply, replied_at as "repliedAt"`;
const MODERATED = `${VIEW}, deal_id as "dealId", partner_id as "partnerId", hidden_at as "hiddenAt",
  hidden_reason as "hiddenReason"`;

/** Whom a review of this deal is about, and who writes it. */
export async function findReviewed(
  sql: Sql,
  dealId: string,
): Promise<{ partnerId: string; clientName: string } | undefined> {
  const [deal] = await sql.query<{ partnerId: string; clientName: string }>(
    `select d.partner_id as "partnerId", r.client_name as "clientName"
     from deals d join requests r on r.id = d.request_id where d.id = $1`,
    [dealId],
  );
  return deal;
}

/**
 * Writes a deal's review. Waits for another review of the same deal that is being written.
 * @returns undefined when the deal has one
 */
export async function insertReview(
  sql: Sql,
  review: { id: string; dealId: string; partnerId: string; rating: number; comment: string; author: string },
): Promise<ReviewView | undefined> {
  const [written] = await sql.query<ReviewView>(
    `insert into reviews (id, deal_id, partner_id, rating, comment, author) values ($1, $2, $3, $4, $5, $6)
     on conflict (deal_id) do nothing returning ${VIEW}`,
    [review.id, review.dealId, review.partnerId, review.rating, review.comment, review.author],
  );
  return written;
}

/** A page of a partner's visible reviews, newest first. */
export function listReviews(
  sql: Sql,
  { partnerId, before, limit }: { partnerId: string; before: string | undefined; limit: number },
): Promise<ReviewView[]> {
  return sql.query<ReviewView>(
    `select ${VIEW} from reviews
     where partner_id = $1 and hidden_at is null and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [partnerId, before ?? null, limit],
  );
}

/** How many of a partner's reviews are hidden. */
export async function countHidden(sql: Sql, partnerId: string): Promise<number> {
  const [row] = await sql.query<{ hidden: number }>(
    'select count(*)::int as hidden from reviews where partner_id = $1 and hidden_at is not null',
    [partnerId],
  );
  return row?.hidden ?? 0;
}

/** Locks a review until the transaction ends. */
export async function lockReview(sql: Sql, id: string): Promise<ModeratedReview | undefined> {
  const [review] = await sql.query<ModeratedReview>(
    `select ${MODERATED} from reviews where id = $1 for no key update`,
    [id],
  );
  return review;
}

/** Writes the reply to a review that this transaction has locked. */
export async function setReply(sql: Sql, id: string, text: string): Promise<ReviewView | undefined> {
  const [review] = await sql.query<ReviewView>(
    `update reviews set reply = $2, replied_at = now() where id = $1 returning ${VIEW}`,
    [id, text],
  );
  return review;
}

/** Hides a review for a reason, or shows it again (null). The time of hiding stays while it is hidden. */
export async function setHidden(
  sql: Sql,
  id: string,
  reason: string | null,
): Promise<ModeratedReview | undefined> {
  const [review] = await sql.query<ModeratedReview>(
    `update reviews set hidden_reason = $2,
       hidden_at = case when $2::text is not null then coalesce(hidden_at, now()) end
     where id = $1 returning ${MODERATED}`,
    [id, reason],
  );
  return review;
}
