import { z } from 'zod';
import { type Actor, recordAction } from '../../db/audit.ts';
import type { Sql } from '../../db/connect.ts';
import { listAllReviews, type ModeratedReview } from '../../db/reviews.ts';
import { transaction } from '../../jobs/transaction.ts';
import { moderate } from '../../life/moderate.ts';
import { decodeCursor, type Page, pageOf } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problem.ts';
import type { adminReviewsQuery } from '../schemas-admin.ts';

/**
 * A page of all partners' reviews, newest first.
 * @param query.mostStars only reviews with no more stars than this
 */
export async function allReviews(
  sql: Sql,
  {
    hidden,
    limit,
    cursor,
    mostStars,
  }: z.infer<typeof adminReviewsQuery> & { mostStars?: number | undefined },
): Promise<Page<ModeratedReview>> {
  const before = decodeCursor(z.uuid(), cursor);
  const filter = { hidden: hidden === undefined ? undefined : hidden === 'true', mostStars };
  const rows = await listAllReviews(sql, filter, { before, limit: limit + 1 });
  return pageOf(rows, limit, (last) => last.id);
}

/**
 * Hides a review for a reason, or shows it again (null).
 * @throws Problem 404 when there is no such review
 */
export async function moderateReview(
  deps: ApiDeps,
  actor: Actor,
  reviewId: string,
  reason: string | null,
): Promise<ModeratedReview> {
  const id = z.uuid().safeParse(reviewId).data;
  const moderated =
    id &&
    (await transaction(deps, 'review moderation', async (tx) => {
      const after = await moderate(tx, id, reason);
      // The reason is a text: it stays with the review.
      const action = reason === null ? 'review.restore' : 'review.hide';
      if (after) await recordAction(tx, actor, { action, subject: { kind: 'review', id: after.id } });
      return after;
    }));
  if (!moderated) throw notFound();
  return moderated;
}
