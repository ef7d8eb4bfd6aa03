import type { Sql } from '../../db/connect.ts';
import type { DealKind } from '../../domain/deal-life.ts';
import { type Tx, transaction } from '../../jobs/transaction.ts';
import { cancel } from '../../life/cancel.ts';
import { choose } from '../../life/choose.ts';
import { forward } from '../../life/forward.ts';
import { type MoveOrder, moveDeal, StaleVersion } from '../../life/move-deal.ts';
import { NotPossible } from '../../life/not-possible.ts';
import { widen } from '../../life/widen.ts';
import type { Handler, WorkerDeps } from '../../workers/handler.ts';
import type { Story } from './life-story.ts';
import { deliver, promised } from './outbox.ts';

/** What came of an act: `ok`, the code of NotPossible, `stale`, or `no_such_deal`. */
export async function act(deps: WorkerDeps, work: (tx: Tx) => Promise<unknown>): Promise<string> {
  try {
    return (await transaction(deps, 'job test', work)) === false ? 'no_such_deal' : 'ok';
  } catch (error) {
    if (error instanceof NotPossible) return error.code;
    if (error instanceof StaleVersion) return 'stale';
    throw error;
  }
}

export const doChoose = (deps: WorkerDeps, requestId: string, partnerId: string) =>
  act(deps, (tx) => choose(tx, requestId, partnerId));

export const doCancel = (deps: WorkerDeps, requestId: string) => act(deps, (tx) => cancel(tx, requestId));

export const doForward = (deps: WorkerDeps, requestId: string, partnerId: string) =>
  act(deps, (tx) => forward(tx, requestId, partnerId, deps.settings.answerWindowMs));

export const doWiden = (deps: WorkerDeps, requestId: string, wishes: Parameters<typeof widen>[2]) =>
  act(deps, (tx) => widen(tx, requestId, wishes));

/** The id of the match of a request with a partner: its deal's id too. */
export async function matchId(sql: Sql, requestId: string, partnerId: string): Promise<string> {
  const [row] = await sql.query<{ id: string }>(
    'select id from matches where request_id = $1 and partner_id = $2',
    [requestId, partnerId],
  );
  if (!row) throw new Error(`request ${requestId} was not sent to ${partnerId}`);
  return row.id;
}

/** A partner moves its deal of a request to the first stage of a kind, or as the order says. */
export async function doMove(
  deps: WorkerDeps,
  requestId: string,
  partnerId: string,
  to: DealKind,
  order: Partial<MoveOrder> = {},
): Promise<string> {
  const dealId = await matchId(deps.db, requestId, partnerId);
  return act(deps, (tx) => moveDeal(tx, partnerId, dealId, { to: { kind: to }, ...order }));
}

/** The same for those in a story, by their place in it: to be raced against each other. */
export const idOf = (story: Story, place: number) => [...story.asked, ...story.spare][place]?.id ?? '';
export const deliverAll = (handler: Handler) => async (story: Story) =>
  deliver(story.deps, handler, await promised(story.db, handler.job));
export const move =
  (place: number, to: 'in_progress' | 'won' | 'lost') =>
  (story: Story): Promise<string> =>
    doMove(story.deps, story.requestId, idOf(story, place), to);
export const chooses = (place: number) => (story: Story) =>
  doChoose(story.deps, story.requestId, idOf(story, place));
