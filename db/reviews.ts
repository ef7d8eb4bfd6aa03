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

/**
 * Whom a review of this deal is about, and who writes it; undefined when nobody knows that any more. It stays so
 * while this transaction lasts.
 */
export async function findReviewed(
  sql: Sql,
  dealId: string,
): Promise<{ requestId: string; partnerId: string; clientName: string } | undefined> {
  const [deal] = await sql.query<{ requestId: string; partnerId: string; clientName: string }>(
    `select d.request_id as "requestId", d.partner_id as "partnerId", r.client_name as "clientName"
     from deals d join requests r on r.id = d.request_id where d.id = $1 and r.erased_at is null
     for no key update of r`,
    [dealId],
  );
  return deal;
}

/** What the client is asked to review, and the review where there is one. */
export interface Feedback {
  partner: { name: string; slug: string; listed: boolean };
  title: string;
  clientName: string;
  review: { rating: number; comment: string; author: string; createdAt: Date } | null;
}

export async function findFeedback(sql: Sql, dealId: string): Promise<Feedback | undefined> {
  const [row] = await sql.query<Omit<Feedback, 'review'> & Nullable<NonNullable<Feedback['review']>>>(
    `select jsonb_build_object('name', p.name, 'slug', p.slug, 'listed', p.listed) as partner, r.title,
       r.client_name as "clientName", v.rating, v.comment, v.author, v.created_at as "createdAt"
     from deals d join requests r on r.id = d.request_id join partners p on p.id = d.partner_id
     left join reviews v on v.deal_id = d.id where d.id = $1`,
    [dealId],
  );
  if (!row) return undefined;
  const { partner, title, clientName, rating, comment, author, createdAt } = row;
  const written = rating !== null && comment !== null && author !== null && createdAt !== null;
  return { partner, title, clientName, review: written ? { rating, comment, author, createdAt } : null };
}

type Nullable<Row> = { [Field in keyof Row]: Row[Field] | null };

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

/** A page of all partners' reviews, hidden ones too, newest first. */
export function listAllReviews(
  sql: Sql,
  filter: { hidden: boolean | undefined; mostStars: number | undefined },
  page: { before: string | undefined; limit: number },
): Promise<ModeratedReview[]> {
  return sql.query<ModeratedReview>(
    `select ${MODERATED} from reviews
     where ($1::bool is null or (hidden_at is not null) = $1) and ($2::int is null or rating <= $2)
       and ($3::uuid is null or id < $3)
     order by id desc limit $4`,
    [filter.hidden ?? null, filter.mostStars ?? null, page.before ?? null, page.limit],
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

/** A partner's reviews in figures. */
export interface ReviewSummary {
  /** How many visible reviews give one star, two, up to five. */
  byStars: [number, number, number, number, number];
  hidden: number;
}

/** Counts a partner's reviews by their stars. */
export async function summariseReviews(sql: Sql, partnerId: string): Promise<ReviewSummary> {
  const rows = await sql.query<{ rating: number; shown: number; hidden: number }>(
    `select rating, (count(*) filter (where hidden_at is null))::int as shown,
       (count(*) filter (where hidden_at is not null))::int as hidden
     from reviews where partner_id = $1 group by rating`,
    [partnerId],
  );
  const summary: ReviewSummary = { byStars: [0, 0, 0, 0, 0], hidden: 0 };
  for (const { rating, shown, hidden } of rows) {
    summary.byStars[rating - 1] = shown;
    summary.hidden += hidden;
  }
  return summary;
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
