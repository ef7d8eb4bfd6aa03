import type { ClientWords } from '../words.ts';
import { BUSINESSES } from './businesses.ts';
import { PRAISE } from './praise.ts';
import { PROJECTS, WISHES } from './projects.ts';
import * as reviews from './reviews.ts';

export const ENGLISH_CLIENT: ClientWords = {
  businesses: BUSINESSES,
  projects: PROJECTS,
  wishes: WISHES,
  praise: PRAISE,
  delighted: reviews.DELIGHTED,
  manner: reviews.MANNER,
  thanks: reviews.THANKS,
  content: reviews.CONTENT,
  but: reviews.BUT,
  mixed: reviews.MIXED,
  unhappy: reviews.UNHAPPY,
  replies: reviews.REPLIES,
  sorry: reviews.SORRY,
};
