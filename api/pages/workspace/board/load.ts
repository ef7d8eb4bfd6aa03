import { type Board, listBoards } from '../../../../db/boards.ts';
import type { Sql } from '../../../../db/connect.ts';
import { type BoardState, boardState, cardsOf, type DealCard } from '../../../../db/deal-cards.ts';
import { notFound } from '../../../problem.ts';

/** The version of the board of a partner without a pipeline. */
export const NO_BOARD = 'none';

/** A pipeline as it is shown, among the partner's others. */
export interface LoadedBoard {
  boards: Board[];
  board: Board;
  cards: DealCard[];
  state: BoardState;
}

/**
 * The board of a pipeline, by default the first; undefined when the partner has none yet.
 * @throws Problem 404 when the pipeline is another's or nobody's
 */
export async function loadBoard(
  sql: Sql,
  partnerId: string,
  pipelineId: string | undefined,
): Promise<LoadedBoard | undefined> {
  const boards = await listBoards(sql, partnerId);
  const board = pipelineId ? boards.find(({ id }) => id === pipelineId) : boards[0];
  if (!board && !pipelineId) return undefined;
  // Read before the deals: whatever happens in between is seen as news a moment later.
  const state = board && (await boardState(sql, partnerId, board.id));
  if (!board || !state) throw notFound();
  return { boards, board, state, cards: await cardsOf(sql, board.id) };
}
