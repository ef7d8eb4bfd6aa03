import type { Locale } from '../domain/catalog.ts';

const UNITS = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** 3 hours ago, há 3 horas: in the largest whole unit; below a minute, or when clocks differ, now and agora. */
export function agoWords(locale: Locale, date: Date, now = new Date()): string {
  const passed = now.getTime() - date.getTime();
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, ms] of UNITS) if (passed >= ms) return words.format(-Math.floor(passed / ms), unit);
  return words.format(0, 'second');
}
