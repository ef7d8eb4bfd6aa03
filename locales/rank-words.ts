import type { Locale } from '../domain/catalog.ts';
import type { RankAdvice, RankPart } from '../domain/rank-words.ts';
import { translator } from './translator.ts';

/** What a part of the rank comes from, as its partner reads it. */
export function explanation(locale: Locale, part: RankPart): string {
  const t = translator(locale);
  switch (part.code) {
    case 'rating':
      return t('rank.rating', part.figures);
    case 'projects':
      return t('rank.projects', part.figures);
    case 'reviews':
      return t('rank.reviews', part.figures);
  }
}

/** What would raise the rank, as its partner reads it. */
export function adviceWords(locale: Locale, advice: RankAdvice): string {
  const t = translator(locale);
  switch (advice.code) {
    case 'next-project':
      return t('rank.next-project', { points: advice.points });
    case 'next-review':
      return t('rank.next-review', { points: advice.points });
    case 'ask-clients':
      return t('rank.ask-clients', { projects: advice.projects });
  }
}
