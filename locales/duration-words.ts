import type { Locale } from '../domain/catalog.ts';
import { translator } from './translator.ts';

const UNITS = [
  ['duration.days', 86_400_000],
  ['duration.hours', 3_600_000],
  ['duration.minutes', 60_000],
] as const;

/** `259200000` -> 3 days: in the largest unit of which there is at least one, rounded. */
export function durationWords(locale: Locale, ms: number): string {
  const t = translator(locale);
  for (const [key, length] of UNITS) {
    if (ms >= length) return t(key, { n: Math.round(ms / length) });
  }
  return t('duration.seconds', { n: Math.max(1, Math.round(ms / 1_000)) });
}
