/** The kind of stage a deal stands in. */
export type DealKind = 'new' | 'in_progress' | 'won' | 'lost';

/** What a move of a deal means to its request. */
export type Move =
  /** to another stage of the same kind */
  | 'within'
  /** the first move out of `new` that is no refusal */
  | 'answer'
  /** lost straight from `new` */
  | 'refusal'
  /** lost after an answer */
  | 'withdrawal'
  /** won, also straight from `new` */
  | 'win'
  /** back from closed to in progress */
  | 'reopening';

/**
 * The life of a deal: `MOVES[from][to]` says what the move means; what is not listed cannot be done.
 * docs/life.md draws it, held to this table by a test.
 */
export const MOVES: Record<DealKind, Partial<Record<DealKind, Move>>> = {
  new: { new: 'within', in_progress: 'answer', won: 'win', lost: 'refusal' },
  in_progress: { in_progress: 'within', won: 'win', lost: 'withdrawal' },
  won: { won: 'within', in_progress: 'reopening' },
  lost: { lost: 'within', in_progress: 'reopening' },
};

/** Why a deal was lost. The first ones are the partner's to give; the last ones the system sets. */
export const PARTNER_REASONS = [
  'no_time',
  'not_my_field',
  'budget_too_low',
  'no_agreement',
  'no_reply',
  'other',
] as const;
export const SYSTEM_REASONS = [
  'client_chose_another',
  'client_cancelled',
  'expired',
  'partner_left',
] as const;
export type LostReason = (typeof PARTNER_REASONS)[number] | (typeof SYSTEM_REASONS)[number];

export interface Reopening {
  lostReason: string | null;
  refilled: boolean;
  /** Another match of the request was chosen, or won. */
  anotherChosen: boolean;
  requestCancelled: boolean;
}

/** Why a closed deal cannot be reopened, or undefined when it can. */
export function reopeningBar(
  deal: Reopening,
): 'client_chose_another' | 'client_cancelled' | 'place_refilled' | undefined {
  if (deal.requestCancelled || deal.lostReason === 'client_cancelled') return 'client_cancelled';
  if (deal.anotherChosen || deal.lostReason === 'client_chose_another') return 'client_chose_another';
  return deal.refilled ? 'place_refilled' : undefined;
}
