import { insertDealEvents } from '../db/deal-events.ts';
import { closeLiveMatches } from '../db/deal-moves.ts';
import type { LockedRequest } from '../db/requests.ts';
import type { LostReason } from '../domain/deal-life.ts';
import { promiseMails } from '../jobs/promise-mails.ts';
import type { Tx } from '../jobs/transaction.ts';

/**
 * Closes the live matches of a locked request, but one where given, and tells the partners who had them.
 * @returns those partners: each has a lead less, to be counted once all rows before theirs are locked
 */
export async function closeOthers(
  tx: Tx,
  request: LockedRequest,
  but: string | null,
  reason: LostReason,
): Promise<string[]> {
  const closed = await closeLiveMatches(tx, request.id, but, reason);
  const opened = closed.filter((match) => match.opened);
  await insertDealEvents(
    tx,
    opened.map(({ id }) => ({ dealId: id, actor: 'client', event: 'closed', data: { reason } })),
  );
  await promiseMails(
    tx,
    opened
      .filter(({ notify }) => notify)
      .map(({ id, partnerId }) => ({
        template: 'lead-closed',
        requestId: request.id,
        partnerId,
        matchId: id,
        windowNo: request.windowNo,
      })),
  );
  return closed.map(({ partnerId }) => partnerId);
}
