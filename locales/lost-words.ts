import type { Locale } from '../domain/catalog.ts';
import { PARTNER_REASONS, SYSTEM_REASONS } from '../domain/deal-life.ts';
import { translator } from './translator.ts';

/** Why a deal was lost, as its partner reads it; '' for a reason that nobody knows any more. */
export function lostWords(locale: Locale, reason: string): string {
  const t = translator(locale);
  const own = PARTNER_REASONS.find((each) => each === reason);
  if (own) return t(`lost.${own}`);
  const bySystem = SYSTEM_REASONS.find((each) => each === reason);
  return bySystem ? t(`closed.${bySystem}`) : '';
}
