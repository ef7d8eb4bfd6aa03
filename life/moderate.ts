import { lockReview, type ModeratedReview, setHidden } from '../db/reviews.ts';
import { recomputeRanks } from '../jobs/recompute-ranks.ts';
import type { Tx } from '../jobs/transaction.ts';

/**
 * Hides a review, for a reason that stays on record, or shows it again (`null`). It counts for its
 * partner's rank only while it is shown. Doing the same twice changes nothing more.
 * @returns undefined when there is no such review
 */
export async function moderate(
  tx: Tx,
  reviewId: string,
  reason: string | null,
): Promise<ModeratedReview | undefined> {
  const before = await lockReview(tx, reviewId);
  if (!before || before.hiddenReason === reason) return before;
  const after = await setHidden(tx, reviewId, reason);
  const turned = (before.hiddenAt === null) !== (reason === null);
  if (turned) tx.enqueue(recomputeRanks, { partnerIds: [before.partnerId] });
  return after;
}
