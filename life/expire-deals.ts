import { insertDealEvents } from '../db/deal-events.ts';
import { firstStage, lockDeal, putDeal } from '../db/deal-moves.ts';
import { isUnmoved, unmovedDeals } from '../db/expiry.ts';
import { changeLeads } from '../db/leads.ts';
import { lockRequests } from '../db/requests.ts';
import type { Tx } from '../jobs/transaction.ts';
import { afterClosing } from './invite.ts';

/**
 * Closes open deals that nobody moved for `leadExpiryMs` as lost, `expired`; a request that is left
 * without a live match invites its client. At most `limit` at once.
 * @returns how many were found
 */
export async function expireDeals(tx: Tx, leadExpiryMs: number, limit: number): Promise<number> {
  const unmoved = await unmovedDeals(tx, leadExpiryMs, limit);
  const requests = await lockRequests(tx, [...new Set(unmoved.map(({ requestId }) => requestId))]);
  const partnerIds: string[] = [];
  const byId = unmoved.toSorted((a, b) => (a.dealId < b.dealId ? -1 : 1));
  for (const { dealId } of byId) {
    const deal = await lockDeal(tx, dealId);
    const stage = deal && (await firstStage(tx, deal.pipelineId, 'lost'));
    if (!deal || !stage || !(await isUnmoved(tx, dealId, leadExpiryMs))) continue;
    await putDeal(tx, dealId, stage, { lostReason: 'expired', answered: false });
    await insertDealEvents(tx, [{ dealId, actor: 'system', event: 'closed', data: { reason: 'expired' } }]);
    partnerIds.push(deal.partnerId);
  }
  for (const request of requests) await afterClosing(tx, request);
  await changeLeads(tx, partnerIds, -1);
  return unmoved.length;
}
