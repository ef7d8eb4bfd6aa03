import {
  anonymiseRequests,
  eraseAccess,
  eraseMails,
  eraseTexts,
  supersedeUnsent,
} from '../db/erase-requests.ts';
import { changeLeads } from '../db/leads.ts';
import type { LockedRequest } from '../db/requests.ts';
import { nextStatus } from '../domain/request-life.ts';
import type { Tx } from '../jobs/transaction.ts';
import { callOff } from './cancel.ts';

/** What was erased of clients. */
export interface ErasedRequests {
  requests: number;
  /** Those of them that still ran. */
  cancelled: number;
  reviews: number;
}

/**
 * Erases the client of locked requests. Those that still run are cancelled first, as the client would: partners who
 * have a deal are told, with nothing of the client in that mail any more. The client itself is told nothing.
 * @param words whether what was published in reviews goes, too
 */
export async function eraseRequests(
  tx: Tx,
  requests: LockedRequest[],
  { words }: { words: boolean },
): Promise<ErasedRequests> {
  const ids = requests.map(({ id }) => id);
  // First, so that the mails to partners that follow from cancelling are not among them.
  await supersedeUnsent(tx, ids);
  const running = requests.filter(({ status }) => nextStatus(status, 'cancelled'));
  const partnerIds: string[] = [];
  for (const request of running) partnerIds.push(...(await callOff(tx, request)));
  await eraseMails(tx, ids);
  await eraseAccess(tx, ids);
  const reviews = await eraseTexts(tx, ids, words);
  await anonymiseRequests(tx, ids);
  await changeLeads(tx, partnerIds, -1);
  return { requests: ids.length, cancelled: running.length, reviews };
}
