import type { Locale } from '../domain/catalog.ts';

const UNITS = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** 3 hours ago, há 3 horas; yesterday, ontem: in the largest whole unit. Below a minute, or when clocks differ, now and agora. */
export function agoWords(locale: Locale, date: Date, now = new Date()): string {
  const passed = now.getTime() - date.getTime();
  for (const [unit, ms] of UNITS) {
    // Only days have words that go with any sentence: *Closed last month* does, *Fechado mês passado* does not.
    const numeric = unit === 'day' ? 'auto' : 'always';
    if (passed >= ms)
      return new Intl.RelativeTimeFormat(locale, { numeric }).format(-Math.floor(passed / ms), unit);
  }
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second');
}
