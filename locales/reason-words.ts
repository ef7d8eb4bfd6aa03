import type { Locale } from '../domain/catalog.ts';
import type { Reason } from '../domain/reasons.ts';
import { countryName, languageName, listOf, serviceName } from './names.ts';
import { translator } from './translator.ts';

/** A reason for a match, as a person reads it. */
export function reasonWords(locale: Locale, reason: Reason): string {
  const t = translator(locale);
  switch (reason.code) {
    case 'services': {
      const services = listOf(
        locale,
        reason.services.map((slug) => serviceName(locale, slug)),
      );
      return t('reason.services', { services });
    }
    case 'language-primary':
    case 'language-other':
      return t(`reason.${reason.code}`, { language: languageName(locale, reason.language) });
    case 'country':
      return t('reason.country', { country: countryName(locale, reason.country) });
    case 'type':
      return t('reason.type', { type: t(`type.${reason.type}`) });
    case 'tier':
      return t('reason.tier', { tier: t(`tier.${reason.tier}`) });
    case 'rating':
      return t('reason.rating', { rating: reason.rating, reviews: reason.reviews });
    case 'completed':
      return t('reason.completed', { projects: reason.projects });
    case 'newcomer':
    case 'chosen-by-client':
      return t(`reason.${reason.code}`);
  }
}
