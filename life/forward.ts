import { uuidv7 } from 'uuidv7';
import { supersedeMails } from '../db/emails.ts';
import { insertMatches, matchesOf } from '../db/matches.ts';
import { findAddressees } from '../db/partners.ts';
import { lockPartners } from '../db/pipelines.ts';
import { lockRequest, nextWindow, setStatus, startWindow } from '../db/requests.ts';
import { nextStatus } from '../domain/request-life.ts';
import { createDeal } from '../jobs/create-deal.ts';
import { followUp } from '../jobs/follow-up.ts';
import type { Tx } from '../jobs/transaction.ts';
import { NotPossible } from './not-possible.ts';

/**
 * The client sends the request to one more partner: it gets the deal, and a new answer window starts. To
 * a partner who has it already it changes nothing.
 * @throws NotPossible `unknown_partner`, `not_accepting`, or `not_invited` while others are still asked
 */
export async function forward(
  tx: Tx,
  requestId: string,
  partnerId: string,
  answerWindowMs: number,
): Promise<void> {
  const request = await lockRequest(tx, requestId);
  if (!request) return;
  if ((await matchesOf(tx, requestId)).some(({ partner }) => partner.id === partnerId.toLowerCase())) return;
  // Locked before it is looked at: who is being erased now gets no match.
  await lockPartners(tx, [partnerId]);
  const partner = (await findAddressees(tx, [partnerId])).get(partnerId.toLowerCase());
  if (!partner) throw new NotPossible('unknown_partner', 'There is no such partner.');
  if (!partner.accepting)
    throw new NotPossible('not_accepting', 'This partner takes no requests at the moment.');
  const status = nextStatus(request.status, 'forwarded');
  if (!status)
    throw new NotPossible(
      'not_invited',
      `A request that is ${request.status} cannot be sent to another partner.`,
    );

  await supersedeMails(tx, requestId);
  await setStatus(tx, [requestId], status);
  const windowNo = await nextWindow(tx, requestId);
  await startWindow(tx, [requestId], answerWindowMs);
  tx.enqueue(followUp, { requestId, windowNo }, { delayMs: answerWindowMs / 3 });
  const match = {
    id: uuidv7(),
    requestId,
    partnerId,
    drawNo: null,
    reasons: [{ code: 'chosen-by-client' as const }],
  };
  tx.enqueue(createDeal, { matchId: match.id });
  await insertMatches(tx, [match]);
}
