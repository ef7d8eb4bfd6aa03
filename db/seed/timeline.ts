import type { Habits } from './habits.ts';
import type { Random } from './random.ts';

export type Ending = 'won' | 'lost' | 'in_progress';

/** A deal's instants in milliseconds. `answered` is null when the client cancelled before an answer. */
export interface Timeline {
  created: number;
  answered: number | null;
  moved: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** From created to closed, in days: most projects take weeks, a few two months. */
const LONGEST = 64;
/** A lead gets its answer within two days. */
const SLOWEST = 47 * HOUR;

/** Lays a deal between the partner's joining and now. */
export function timeline(ending: Ending, habits: Habits, now: number, random: Random): Timeline {
  const delay = Math.min(
    SLOWEST,
    Math.max(3 * MINUTE, habits.answerMinutes * (0.3 + 1.8 * random.next()) * MINUTE),
  );
  if (ending === 'in_progress') {
    const created = now - (3 + 7 * random.next()) * DAY;
    return { created, answered: created + delay, moved: created + delay };
  }
  const days = ending === 'won' ? 4 + (LONGEST - 4) * random.next() ** 2 : 0.5 + 20 * random.next() ** 2;
  const closedDaysAgo = 0.1 + (habits.joinedDays - days - 1) * random.next();
  const moved = now - closedDaysAgo * DAY;
  const created = moved - days * DAY;
  const answered = created + delay;
  const tooLate = ending === 'lost' && (answered > moved || random.chance(0.2));
  return { created, answered: tooLate ? null : answered, moved };
}

/** When the client reviewed: within hours or days of the closing. */
export const reviewedAt = (closed: number, random: Random): number =>
  closed + 2 * HOUR + 11 * DAY * random.next() ** 2;

/** When the partner replied to a review. */
export const repliedAt = (reviewed: number, random: Random): number =>
  reviewed + HOUR + 5 * DAY * random.next() ** 2;
