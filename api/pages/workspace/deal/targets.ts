import type { BoardStage } from '../../../../db/boards.ts';
import { type DealKind, MOVES, type Move, reopeningBar } from '../../../../domain/deal-life.ts';

/** What a move asks the partner first: why, whether it is sure, or nothing. */
export type Asks = 'reason' | 'confirmation' | 'nothing';

/** A stage that a deal can go to. */
export interface Target {
  stage: BoardStage;
  asks: Asks;
}

const ASKED: Partial<Record<Move, Asks>> = {
  refusal: 'reason',
  withdrawal: 'reason',
  win: 'confirmation',
};

/** Where a deal can be moved in its pipeline, as far as the deal itself can tell. */
export function targetsOf(
  deal: { kind: DealKind; stageId: string; lostReason: string | null },
  stages: BoardStage[],
): Target[] {
  return stages.flatMap((stage) => {
    const move = MOVES[deal.kind][stage.kind];
    if (!move || stage.id === deal.stageId) return [];
    if (move === 'reopening' && reopeningBar({ ...NO_BAR, lostReason: deal.lostReason })) return [];
    return [{ stage, asks: ASKED[move] ?? 'nothing' }];
  });
}

// What only the request knows is asked when the deal is moved.
const NO_BAR = { refilled: false, anotherChosen: false, requestCancelled: false };
