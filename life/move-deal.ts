import { insertDealEvents } from '../db/deal-events.ts';
import {
  firstStage,
  type LockedDeal,
  lockDeal,
  ownStage,
  putDeal,
  requestOfDeal,
  type Stage,
} from '../db/deal-moves.ts';
import { supersedeMails } from '../db/emails.ts';
import { changeLeads } from '../db/leads.ts';
import { type LockedRequest, lockRequest, setStatus } from '../db/requests.ts';
import {
  type DealKind,
  type LostReason,
  MOVES,
  type Move,
  reopeningBar,
  SYSTEM_REASONS,
} from '../domain/deal-life.ts';
import { nextStatus, type RequestEvent } from '../domain/request-life.ts';
import { recomputeRanks } from '../jobs/recompute-ranks.ts';
import { requestFeedback } from '../jobs/request-feedback.ts';
import type { Tx } from '../jobs/transaction.ts';
import { closeOthers } from './close-others.ts';
import { afterClosing, leaveInvitation } from './invite.ts';
import { NotPossible } from './not-possible.ts';

export interface MoveOrder {
  /** To the first stage of a kind in the deal's pipeline, or to a certain stage of the partner's own. */
  to: { kind: DealKind } | { stageId: string };
  lostReason?: LostReason | undefined;
  /** The version that the partner saw; undefined: whatever it is. */
  version?: number | undefined;
}

export class StaleVersion extends Error {}

/**
 * A partner moves one of its deals, with all that follows for the request and the other deals.
 * @returns false when the partner has no such deal
 * @throws StaleVersion, or NotPossible with the reason
 */
export async function moveDeal(
  tx: Tx,
  partnerId: string,
  dealId: string,
  order: MoveOrder,
): Promise<boolean> {
  const requestId = await requestOfDeal(tx, partnerId, dealId);
  const request = requestId && (await lockRequest(tx, requestId));
  const deal = request && (await lockDeal(tx, dealId));
  if (!deal) return false;
  if (order.version !== undefined && order.version !== deal.version) throw new StaleVersion();

  const stage = await targetStage(tx, deal, order.to);
  if (stage.kind === 'won' && deal.kind !== 'won' && request.status === 'completed') {
    throw new NotPossible('already_completed', 'Another deal of this request was won already.');
  }
  const move = MOVES[deal.kind][stage.kind];
  if (!move) throw new NotPossible('not_possible', `A deal cannot go from ${deal.kind} to ${stage.kind}.`);
  const lostReason = stage.kind === 'lost' ? reasonNow(deal, order.lostReason) : null;
  if (move === 'reopening') checkReopening(request, deal);

  await putDeal(tx, deal.id, stage, {
    lostReason,
    answered: move === 'answer' || move === 'win' || move === 'reopening',
  });
  await insertDealEvents(tx, [
    {
      dealId,
      actor: 'partner',
      event: move === 'reopening' ? 'reopened' : 'moved',
      data: { from: deal.kind, to: stage.kind, stage: stage.name, ...(lostReason && { reason: lostReason }) },
    },
  ]);
  await CONSEQUENCES[move](tx, request, deal);
  return true;
}

async function targetStage(tx: Tx, deal: LockedDeal, to: MoveOrder['to']): Promise<Stage> {
  const stage =
    'kind' in to
      ? await firstStage(tx, deal.pipelineId, to.kind)
      : await ownStage(tx, deal.partnerId, to.stageId);
  if (!stage) throw new NotPossible('unknown_stage', 'There is no such stage on your boards.');
  return stage;
}

/** Why the deal is lost now. What the client or time decided stays so, whatever the partner calls it later. */
function reasonNow(deal: LockedDeal, given: LostReason | undefined): LostReason {
  const bySystem = SYSTEM_REASONS.find((reason) => reason === deal.lostReason);
  return bySystem ?? given ?? (deal.lostReason as LostReason | null) ?? 'other';
}

/** What the request has to say against a reopening. */
function checkReopening(request: LockedRequest, deal: LockedDeal): void {
  const anotherWon = request.status === 'completed' && deal.kind !== 'won';
  const bar = reopeningBar({
    lostReason: deal.lostReason,
    refilled: deal.refilled,
    anotherChosen: anotherWon || (request.chosenMatchId !== null && request.chosenMatchId !== deal.id),
    requestCancelled: request.status === 'cancelled',
  });
  if (bar) throw new NotPossible(bar, 'This deal cannot be reopened.');
}

/** The request's next status; an event that does not concern it leaves it as it is. */
async function happen(tx: Tx, request: LockedRequest, event: RequestEvent): Promise<void> {
  const status = nextStatus(request.status, event);
  if (status && status !== request.status) await setStatus(tx, [request.id], status);
}

async function answered(tx: Tx, request: LockedRequest): Promise<void> {
  await happen(tx, request, 'answered');
  await leaveInvitation(tx, request);
  await supersedeMails(tx, request.id);
}

async function closed(tx: Tx, request: LockedRequest, deal: LockedDeal): Promise<void> {
  await afterClosing(tx, request);
  await changeLeads(tx, [deal.partnerId], -1);
}

/** What follows from a move; partners' rows are locked last. */
const CONSEQUENCES: Record<Move, (tx: Tx, request: LockedRequest, deal: LockedDeal) => Promise<void>> = {
  within: async () => undefined,
  answer: answered,
  refusal: closed,
  withdrawal: closed,
  async win(tx, request, deal) {
    await happen(tx, request, 'won');
    await leaveInvitation(tx, request);
    await supersedeMails(tx, request.id);
    tx.enqueue(requestFeedback, { dealId: deal.id });
    tx.enqueue(recomputeRanks, { partnerIds: [deal.partnerId] });
    const closed = await closeOthers(tx, request, deal.id, 'client_chose_another');
    await changeLeads(tx, [...closed, deal.partnerId], -1);
  },
  async reopening(tx, request, deal) {
    if (deal.kind === 'won') {
      await happen(tx, request, request.chosenMatchId === deal.id ? 'reopened-chosen' : 'reopened');
      tx.enqueue(recomputeRanks, { partnerIds: [deal.partnerId] });
    } else {
      await answered(tx, request);
    }
    await changeLeads(tx, [deal.partnerId], 1);
  },
};
