import { uuidv7 } from 'uuidv7';
import type { Sql } from '../db/connect.ts';
import { insertDealEvents } from '../db/deal-events.ts';
import { findReviewed, insertReview, lockReview, type ReviewView, setReply } from '../db/reviews.ts';
import { verifyEmail } from '../db/verified-email.ts';
import { recomputeRanks } from '../jobs/recompute-ranks.ts';
import type { Tx } from '../jobs/transaction.ts';
import { NotPossible } from './not-possible.ts';

/**
 * The client's review of a deal: once per deal, for ever. Who may write it is the caller's to know (a
 * feedback token, which only a mail to the client has: its address is verified by it); a deal that was reopened since it was won may be reviewed all the same, or its partner
 * could keep a bad review from being written.
 * @returns undefined when there is no such deal any more
 * @throws NotPossible already_reviewed
 */
export async function review(
  tx: Tx,
  dealId: string,
  { rating, comment }: { rating: number; comment: string },
): Promise<ReviewView | undefined> {
  const reviewed = await findReviewed(tx, dealId);
  if (!reviewed) return undefined;
  const { requestId, partnerId, clientName } = reviewed;
  await verifyEmail(tx, requestId);
  const author = shownAuthor(clientName);
  const written = await insertReview(tx, { id: uuidv7(), dealId, partnerId, rating, comment, author });
  if (!written) throw new NotPossible('already_reviewed', 'This project has been reviewed already.');
  await insertDealEvents(tx, [{ dealId, actor: 'client', event: 'reviewed', data: { rating } }]);
  tx.enqueue(recomputeRanks, { partnerIds: [partnerId] });
  return written;
}

/**
 * The partner's public reply to a review of its own, once.
 * @returns undefined when the review is another partner's or nobody's
 * @throws NotPossible already_replied
 */
export async function reply(
  sql: Sql,
  partnerId: string,
  reviewId: string,
  text: string,
): Promise<ReviewView | undefined> {
  const review = await lockReview(sql, reviewId);
  if (review?.partnerId !== partnerId) return undefined;
  if (review.reply !== null)
    throw new NotPossible('already_replied', 'This review has been replied to already.');
  return setReply(sql, reviewId, text);
}

// Where a name is no name.
const NOBODY = '–';

/**
 * A client's name as the catalog shows it: first name and initial of the last. `Ana Maria Souza` is
 * `Ana S.`, `Ana` is `Ana`, `Zoë O'Neil <b>` is `Zoë O.`; of an address given as a name, what is before the @;
 * of what has no letters, such as a phone number, only a dash.
 */
export function shownAuthor(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const [first = name.trim(), ...others] = words;
  const initial = [...(others.at(-1) ?? '')][0];
  const [shown = NOBODY] = first.split('@').filter((part) => /\p{L}/u.test(part));
  return initial ? `${shown} ${initial.toUpperCase()}.` : shown;
}
