import type { Service } from '../../../domain/catalog.ts';

/**
 * What the profiles of one language are made of. Patterns as in ../render.ts; slots: {city}, {industry},
 * {other} (a second industry), {work} and {short} (names of the main service), {second} (short name of
 * another service), {year}, {n} (one of `teams`).
 */
export interface ProfileWords {
  /** A service as an activity inside a sentence, grammatically singular. */
  work: Record<Service, string>;
  /** A service in two words at most, for titles. */
  short: Record<Service, string>;
  industries: readonly string[];
  /** How many people a team has, in words. */
  teams: readonly string[];
  titles: Record<Service, readonly string[]>;
  /** Titles that name two services. */
  pairTitles: readonly string[];
  agencyOpeners: readonly string[];
  freelancerOpeners: readonly string[];
  /** What is done within one service. */
  details: Record<Service, readonly string[]>;
  /** How the partner works, whatever the service. */
  habits: readonly string[];
  closers: readonly string[];
  /** A closer with {languages}, for partners of several languages. */
  languageClosers: readonly string[];
  /** Said by a partner whose capacity is not null: {limit} projects. */
  capacity: string;
}

/** Sells goods, takes bookings, teaches, or works from an office: some projects fit some of them only. */
export type BusinessKind = 'shop' | 'visits' | 'school' | 'office';

/** The company's name ({family}, {given}) and how its people speak of it. */
export interface Business {
  kind: BusinessKind;
  company: string;
  trade: string;
}

/** What a client asks for. Slot: {trade} ("our dental clinic"). */
export interface Project {
  title: string;
  /** Absent: all kinds. */
  for?: readonly BusinessKind[];
  description: string;
}

/** What the clients of one language write. Slots: {who} ("the team", or a freelancer's first name). */
export interface ClientWords {
  businesses: readonly Business[];
  projects: Record<Service, readonly Project[]>;
  /** A last sentence of a description. */
  wishes: readonly string[];
  /** Clients' first words for the result that fit every service. */
  delighted: readonly string[];
  /** Praise of the work in one service. */
  praise: Record<Service, readonly string[]>;
  /** Praise of the way of working. */
  manner: readonly string[];
  thanks: readonly string[];
  /** Four stars: content, and then what was missing. */
  content: readonly string[];
  but: readonly string[];
  /** Three stars, each a comment of its own. */
  mixed: readonly string[];
  /** One and two stars, each a comment of its own. */
  unhappy: readonly string[];
  /** The partner's replies: to four and five stars, and to fewer. {client} is a first name. */
  replies: readonly string[];
  sorry: readonly string[];
}
