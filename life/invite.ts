import { matchBalance } from '../db/deal-moves.ts';
import { type LockedRequest, markInvited, nextWindow, setChosen, setStatus } from '../db/requests.ts';
import { nextStatus, replacementsDue } from '../domain/request-life.ts';
import { matchRequest } from '../jobs/match-request.ts';
import { promiseMails } from '../jobs/promise-mails.ts';
import type { Tx } from '../jobs/transaction.ts';

/** Invites the client of a locked request to choose another partner. */
export async function invite(tx: Tx, request: LockedRequest): Promise<void> {
  const status = nextStatus(request.status, 'invited');
  if (!status) return;
  await setStatus(tx, [request.id], status);
  await markInvited(tx, request.id);
  if (request.chosenMatchId) await setChosen(tx, request.id, null);
  const mail = { template: 'invitation' as const, requestId: request.id, partnerId: null, matchId: null };
  await promiseMails(tx, [{ ...mail, windowNo: request.windowNo }]);
}

/** The client is not waiting for an answer to an invitation any more: the next one is another window's. */
export async function leaveInvitation(tx: Tx, request: LockedRequest): Promise<void> {
  if (request.status === 'invited') await nextWindow(tx, request.id);
}

/**
 * After a match of a locked request has closed: a refused place is filled at once where that may be; a
 * request that is left without any live match invites its client.
 */
export async function afterClosing(tx: Tx, request: LockedRequest): Promise<void> {
  const { live, refused } = await matchBalance(tx, request.id);
  if (replacementsDue({ ...request, live, refused: refused.length }) > 0) {
    tx.enqueue(matchRequest, { requestId: request.id });
  } else if (live === 0) {
    await invite(tx, request);
  }
}
