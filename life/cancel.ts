import { supersedeMails } from '../db/emails.ts';
import { changeLeads } from '../db/leads.ts';
import { type LockedRequest, lockRequest, setStatus } from '../db/requests.ts';
import { nextStatus } from '../domain/request-life.ts';
import type { Tx } from '../jobs/transaction.ts';
import { closeOthers } from './close-others.ts';
import { NotPossible } from './not-possible.ts';

/**
 * The client cancels: live deals close, their partners are told. Cancelling again changes nothing.
 * @throws NotPossible `not_possible` when the request is completed
 */
export async function cancel(tx: Tx, requestId: string): Promise<void> {
  const request = await lockRequest(tx, requestId);
  if (!request || request.status === 'cancelled') return;
  await changeLeads(tx, await callOff(tx, request), -1);
}

/**
 * Cancels a locked request.
 * @returns partners with a lead less each, to be counted once all rows before theirs are locked
 * @throws NotPossible `not_possible` when the request is completed or cancelled
 */
export async function callOff(tx: Tx, request: LockedRequest): Promise<string[]> {
  const status = nextStatus(request.status, 'cancelled');
  if (!status) throw new NotPossible('not_possible', 'A completed request cannot be cancelled.');
  await setStatus(tx, [request.id], status);
  await supersedeMails(tx, request.id);
  return closeOthers(tx, request, null, 'client_cancelled');
}
