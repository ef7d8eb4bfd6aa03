import { durationWords } from '../../../../locales/duration-words.ts';
import { useView } from '../../view.ts';

// With less than this left, answering comes first today.
const URGENT_MS = 24 * 3_600_000;

/** How long the client still waits for an answer, before it is invited to choose another partner. */
export function Due({ at, now = new Date() }: { at: Date; now?: Date }) {
  const { t, locale } = useView();
  const left = at.getTime() - now.getTime();
  if (left <= 0) return <p class="due urgent">{t('deal.overdue')}</p>;
  return (
    <p class={left < URGENT_MS ? 'due urgent' : 'due'}>
      <time dateTime={at.toISOString()}>{t('deal.due', { time: durationWords(locale, left) })}</time>
    </p>
  );
}
