import type { Tier } from '../../domain/catalog.ts';
import type { SeedPartner } from './partner.ts';
import { type Random, random as seeded } from './random.ts';

/** A partner's own way of working, from which its history follows. */
export interface Habits {
  /** How long ago the partner joined, in days: less than 24 months. */
  joinedDays: number;
  won: number;
  lost: number;
  inProgress: number;
  /** The mean of its ratings, about. */
  quality: number;
  /** The share of reviews that it replies to. */
  replies: number;
  /** Its usual time to an answer, in minutes: from 8 minutes to a day. */
  answerMinutes: number;
}

/** One partner in five is new and has no history. */
const NEWCOMERS = 0.19;
const MOST_WON = 60;
const WINDOW_DAYS = 728;

/** The higher the tier, the more projects; times about 9 of them in the middle of the heavy tail. */
const TIER_FACTOR: Record<Tier, number> = { registered: 0.65, silver: 1, gold: 1.7, platinum: 2.6 };
const TYPICAL = Math.log(8.9);

export function habits(partner: SeedPartner, random: Random): Habits {
  const [replies, quality] = [random.pick([0, 0, 0.15, 0.3, 0.7]), random.bell(4.5, 0.33)];
  const answerMinutes = 8 * (24 * 7.5) ** random.next();
  const common = { quality, replies, answerMinutes };
  if (random.chance(NEWCOMERS)) {
    return { ...common, joinedDays: random.int(3, 60), won: 0, lost: 0, inProgress: 0 };
  }
  const deals = 1 + Math.exp(random.bell(TYPICAL, 0.85)) * TIER_FACTOR[partner.tier];
  const ripe = Math.round(deals * Math.min(0.97, random.bell(0.82, 0.08)));
  const won = ripe > MOST_WON ? random.int(46, MOST_WON) : ripe;
  const lost = Math.min(15, Math.max(ripe === 0 ? 1 : 0, Math.round(deals) - ripe));
  const joinedDays = random.int(Math.min(700, 120 + won * 14), WINDOW_DAYS);
  return { ...common, won, lost, joinedDays, inProgress: live(partner) };
}

/** A handful of partners have one or two deals in hand; never those who pause or have a limit. */
function live(partner: SeedPartner): number {
  const random = seeded(`live ${partner.slug}`);
  const busy = random.chance(0.02);
  return busy && partner.accepting && partner.capacity === null ? random.int(1, 2) : 0;
}
