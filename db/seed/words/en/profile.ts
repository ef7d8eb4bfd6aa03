import type { ProfileWords } from '../words.ts';
import { DETAILS } from './details.ts';
import { CAPACITY, CLOSERS, HABITS, LANGUAGE_CLOSERS } from './habits.ts';
import { AGENCY_OPENERS, FREELANCER_OPENERS } from './openers.ts';
import { INDUSTRIES, SHORT, TEAMS, WORK } from './services.ts';
import { PAIR_TITLES, TITLES } from './titles.ts';

export const ENGLISH: ProfileWords = {
  work: WORK,
  short: SHORT,
  industries: INDUSTRIES,
  teams: TEAMS,
  titles: TITLES,
  pairTitles: PAIR_TITLES,
  agencyOpeners: AGENCY_OPENERS,
  freelancerOpeners: FREELANCER_OPENERS,
  details: DETAILS,
  habits: HABITS,
  closers: CLOSERS,
  languageClosers: LANGUAGE_CLOSERS,
  capacity: CAPACITY,
};
