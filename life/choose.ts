import { insertDealEvents } from '../db/deal-events.ts';
import { supersedeMails } from '../db/emails.ts';
import { changeLeads } from '../db/leads.ts';
import { matchesOf } from '../db/matches.ts';
import { lockRequest, setChosen, setStatus } from '../db/requests.ts';
import { nextStatus } from '../domain/request-life.ts';
import type { Tx } from '../jobs/transaction.ts';
import { closeOthers } from './close-others.ts';
import { leaveInvitation } from './invite.ts';
import { NotPossible } from './not-possible.ts';

/**
 * The client chooses one live match; the others close, and their partners are told. Choosing the same
 * again changes nothing.
 * @throws NotPossible `not_live` when this partner's match is not live, `not_possible` when it is too late
 */
export async function choose(tx: Tx, requestId: string, partnerId: string): Promise<void> {
  const request = await lockRequest(tx, requestId);
  const match = (await matchesOf(tx, requestId)).find(
    ({ partner }) => partner.id === partnerId.toLowerCase(),
  );
  if (!request || !match) throw new NotPossible('not_asked', 'This partner does not have the request.');
  if (request.chosenMatchId === match.id && request.status === 'chosen') return;
  const status = nextStatus(request.status, 'chosen');
  if (!status)
    throw new NotPossible('not_possible', `A request that is ${request.status} has nothing to choose.`);
  if (match.status !== 'sent' && match.status !== 'answered') {
    throw new NotPossible('not_live', 'This partner is no longer available for the request.');
  }
  await setStatus(tx, [requestId], status);
  await setChosen(tx, requestId, match.id);
  await leaveInvitation(tx, request);
  await supersedeMails(tx, requestId);
  if (match.opened)
    await insertDealEvents(tx, [{ dealId: match.id, actor: 'client', event: 'chosen', data: {} }]);
  await changeLeads(tx, await closeOthers(tx, request, match.id, 'client_chose_another'), -1);
}
