import type { Locale } from '../domain/catalog.ts';
import { kept } from './kept.ts';

const formats = kept<Intl.DateTimeFormat>();

function format(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  // Nobody tells the server where the reader is; the same words for everybody, wherever the server is.
  return formats(
    `${locale} ${JSON.stringify(options)}`,
    () => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }),
  );
}

/** January 31, 2027; 31 de janeiro de 2027. The day in UTC, so a day without a time stays that day. */
export function dayWords(locale: Locale, date: Date): string {
  return format(locale, { dateStyle: 'long' }).format(date);
}

/** Jan 31, 2027, 2:05 PM UTC; 31 de jan. de 2027, 14:05 UTC */
export function timeWords(locale: Locale, date: Date): string {
  const parts = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  } as const;
  return format(locale, { ...parts, timeZoneName: 'short' }).format(date);
}
