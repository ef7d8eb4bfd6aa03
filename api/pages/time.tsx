import { dayWords, timeWords } from '../../locales/dates.ts';
import { useView } from './view.ts';

/** A day in the reader's words. */
export function Day({ date }: { date: Date }) {
  const { locale } = useView();
  return <time dateTime={date.toISOString().slice(0, 10)}>{dayWords(locale, date)}</time>;
}

/** A day and the time of that day, in the reader's words: of UTC, until terna.js says it of the reader's clock. */
export function Time({ date }: { date: Date }) {
  const { locale } = useView();
  return (
    <time dateTime={date.toISOString()} data-local>
      {timeWords(locale, date)}
    </time>
  );
}
