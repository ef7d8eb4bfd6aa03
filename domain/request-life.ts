/** Where a request stands. The table below says how it goes from one to the next. */
export type RequestStatus =
  | 'received'
  | 'unmatched'
  | 'routed'
  | 'answered'
  | 'invited'
  | 'chosen'
  | 'completed'
  | 'cancelled';

/** What can happen to a request. */
export type RequestEvent =
  /** the draw found partners */
  | 'matched'
  /** the draw found nobody */
  | 'not-matched'
  /** the client asks for less */
  | 'widened'
  /** the client sends it to one more partner */
  | 'forwarded'
  /** a partner answered: now, or by reopening a deal */
  | 'answered'
  /** the answer window ended, or no live match is left: the client is invited to choose another partner */
  | 'invited'
  /** the client chose one of the live matches */
  | 'chosen'
  /** a deal was won */
  | 'won'
  /** the won deal was reopened, and the client had chosen it */
  | 'reopened-chosen'
  /** the won deal was reopened, and nobody had been chosen */
  | 'reopened'
  | 'cancelled';

/**
 * The life of a request: `LIFE[status][event]` is the next status; what is not listed cannot happen.
 * docs/life.md draws it, held to this table by a test.
 */
export const LIFE: Record<RequestStatus, Partial<Record<RequestEvent, RequestStatus>>> = {
  received: { matched: 'routed', 'not-matched': 'unmatched', cancelled: 'cancelled' },
  unmatched: { widened: 'received', forwarded: 'routed', cancelled: 'cancelled' },
  routed: {
    answered: 'answered',
    invited: 'invited',
    chosen: 'chosen',
    won: 'completed',
    cancelled: 'cancelled',
  },
  answered: {
    answered: 'answered',
    invited: 'invited',
    chosen: 'chosen',
    won: 'completed',
    cancelled: 'cancelled',
  },
  invited: {
    forwarded: 'routed',
    answered: 'answered',
    chosen: 'chosen',
    won: 'completed',
    cancelled: 'cancelled',
  },
  chosen: { answered: 'chosen', invited: 'invited', won: 'completed', cancelled: 'cancelled' },
  completed: { 'reopened-chosen': 'chosen', reopened: 'answered' },
  cancelled: {},
};

/** The status after the event, or undefined when it cannot happen to such a request. */
export function nextStatus(status: RequestStatus, event: RequestEvent): RequestStatus | undefined {
  return LIFE[status][event];
}

/** At most so many refused places of a request are filled. */
export const MAX_REPLACEMENTS = 3;

/**
 * How many partners a refused request is to get now: no more than were refused and not replaced yet, than
 * three live ones allow, and than there are replacements left; none once the client was asked or has acted.
 */
export function replacementsDue(request: {
  status: RequestStatus;
  mode: 'automated' | 'manual';
  live: number;
  refused: number;
  replacements: number;
  invited: boolean;
}): number {
  const waiting = request.status === 'routed' || request.status === 'answered';
  if (!waiting || request.invited || request.mode !== 'automated') return 0;
  return Math.max(0, Math.min(request.refused, 3 - request.live, MAX_REPLACEMENTS - request.replacements));
}
