import { insertDealEvents } from '../db/deal-events.ts';
import { firstStage, lockDeal, putDeal } from '../db/deal-moves.ts';
import {
  anonymisePartner,
  dropMatch,
  endAccess,
  erasePartnerMails,
  type LiveMatch,
  liveMatchesOf,
  takeDown,
} from '../db/erase-partners.ts';
import { changeLeads } from '../db/leads.ts';
import { lockPartners } from '../db/pipelines.ts';
import { lockRequests } from '../db/requests.ts';
import type { Tx } from '../jobs/transaction.ts';
import { afterClosing } from './invite.ts';

/** First: nobody signs in as this partner any more, nobody finds it, and no request is sent to it. */
export async function closeDown(tx: Tx, partnerId: string): Promise<Record<never, never>> {
  await lockPartners(tx, [partnerId]);
  await endAccess(tx, partnerId);
  await takeDown(tx, partnerId);
  return {};
}

/**
 * Then, until none is left: closes some of its live matches. Its clients are served as after any closing: a refused
 * place is filled, and who is left without a live match is invited to choose another partner.
 */
export async function leaveRequests(
  tx: Tx,
  partnerId: string,
  limit: number,
): Promise<{ closedDeals: number } | undefined> {
  const matches = await liveMatchesOf(tx, partnerId, limit);
  const requests = await lockRequests(tx, [...new Set(matches.map(({ requestId }) => requestId))]);
  const closed: string[] = [];
  for (const match of matches) if (await close(tx, match)) closed.push(partnerId);
  for (const request of requests) await afterClosing(tx, request);
  await changeLeads(tx, closed, -1);
  return closed.length > 0 ? { closedDeals: closed.length } : undefined;
}

/** A match as it stands by now: whoever had its request before may have opened or closed it. */
async function close(tx: Tx, { id }: LiveMatch): Promise<boolean> {
  if (await dropMatch(tx, id)) return true;
  const deal = await lockDeal(tx, id);
  const stage = deal && (await firstStage(tx, deal.pipelineId, 'lost'));
  if (!stage || (deal.kind !== 'new' && deal.kind !== 'in_progress')) return false;
  await putDeal(tx, id, stage, { lostReason: 'partner_left', answered: false });
  const data = { reason: 'partner_left' };
  await insertDealEvents(tx, [{ dealId: id, actor: 'system', event: 'closed', data }]);
  return true;
}

/** At last: who it was. */
export async function forgetPartner(tx: Tx, partnerId: string): Promise<{ partners: number }> {
  await erasePartnerMails(tx, partnerId);
  await lockPartners(tx, [partnerId]);
  // Again: a link to sign in may have been on its way.
  await endAccess(tx, partnerId);
  await anonymisePartner(tx, partnerId);
  return { partners: 1 };
}
