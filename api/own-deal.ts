import { uuidv7 } from 'uuidv7';
import type { Sql } from '../db/connect.ts';
import { insertDealEvents, type TimelineEntry, timelineOf } from '../db/deal-events.ts';
import { requestOfDeal } from '../db/deal-moves.ts';
import { type DealView, findDeal } from '../db/deals.ts';
import { notFound } from './problem.ts';

/** A deal with everything that happened to it. @throws Problem 404 when it is another partner's or nobody's */
export async function ownDeal(
  sql: Sql,
  partnerId: string,
  id: string,
): Promise<DealView & { timeline: TimelineEntry[] }> {
  const deal = await findDeal(sql, partnerId, id);
  if (!deal) throw notFound();
  return { ...deal, timeline: await timelineOf(sql, deal.id) };
}

/**
 * The partner writes something down about its deal.
 * @param noteId what has it already is not written again
 * @throws Problem 404 when the deal is not its own
 */
export async function addNote(
  sql: Sql,
  partnerId: string,
  id: string,
  text: string,
  noteId = uuidv7(),
): Promise<void> {
  if (!(await requestOfDeal(sql, partnerId, id))) throw notFound();
  await insertDealEvents(sql, [{ id: noteId, dealId: id, actor: 'partner', event: 'note', data: { text } }]);
}
