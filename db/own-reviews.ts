import type { Sql } from './connect.ts';
import type { ReviewView } from './reviews.ts';

/** A review as the partner sees it whom it is about: also when it is hidden, and of which project it is. */
export interface OwnReview extends ReviewView {
  project: string;
  hiddenAt: Date | null;
  hiddenReason: string | null;
}

/** A page of all reviews about a partner, newest first. */
export function listOwnReviews(
  sql: Sql,
  { partnerId, before, limit }: { partnerId: string; before: string | undefined; limit: number },
): Promise<OwnReview[]> {
  return sql.query<OwnReview>(
    `select v.id, v.rating, v.comment, v.author, v.created_at as "createdAt", v.reply, v.replied_at as "repliedAt",
       v.hidden_at as "hiddenAt", v.hidden_reason as "hiddenReason", r.title as project
     from reviews v join deals d on d.id = v.deal_id join requests r on r.id = d.request_id
     where v.partner_id = $1 and ($2::uuid is null or v.id < $2) order by v.id desc limit $3`,
    [partnerId, before ?? null, limit],
  );
}

/** A won deal whose client has not written a review. */
export interface UnreviewedDeal {
  id: string;
  project: string;
  client: string;
  /** When the client was asked for feedback by mail; null: it is not known here. */
  askedAt: Date | null;
}

/** How many won deals of a partner have no review, and the latest of them. */
export async function unreviewedDeals(
  sql: Sql,
  partnerId: string,
  limit: number,
): Promise<{ total: number; latest: UnreviewedDeal[] }> {
  const rows = await sql.query<UnreviewedDeal & { total: number }>(
    `with missing as materialized (
       select d.id, d.request_id, d.moved_at, (count(*) over ())::int as total from deals d
       where d.partner_id = $1 and d.kind = 'won' and not exists (select from reviews v where v.deal_id = d.id)
       order by d.moved_at desc, d.id desc limit $2)
     select m.id, r.title as project, r.client_name as client, m.total,
       (select max(e.sent_at) from emails e
        where e.request_id = m.request_id and e.purpose = 'feedback-request/' || m.id) as "askedAt"
     from missing m join requests r on r.id = m.request_id order by m.moved_at desc, m.id desc`,
    [partnerId, limit],
  );
  return { total: rows[0]?.total ?? 0, latest: rows.map(({ total: _, ...deal }) => deal) };
}
