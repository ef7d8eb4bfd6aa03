import type { TimelineEntry } from '../../../../db/deal-events.ts';
import { lostWords } from '../../../../locales/lost-words.ts';
import { Paragraphs } from '../../paragraphs.tsx';
import { Time } from '../../time.tsx';
import { useView } from '../../view.ts';

/** Everything that happened to a deal, the latest first. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  return (
    <ol class="deal-timeline">
      {entries.toReversed().map((entry) => (
        <li class={entry.event === 'note' ? 'noted' : undefined}>
          <p class="deal-what">
            <What entry={entry} />
          </p>
          <Words entry={entry} />
          <p class="deal-when">
            <Time date={entry.at} />
          </p>
        </li>
      ))}
    </ol>
  );
}

/** Who did what. */
function What({ entry: { event, data } }: { entry: TimelineEntry }) {
  const { t, locale } = useView();
  const stage = String(data.stage ?? '');
  switch (event) {
    case 'opened':
      return t('deal.event-opened');
    case 'moved':
      return t('deal.event-moved', { stage });
    case 'reopened':
      return t('deal.event-reopened', { stage });
    case 'chosen':
      return t('deal.event-chosen');
    case 'closed':
      return lostWords(locale, String(data.reason)) || t('deal.event-closed');
    case 'note':
      return t('deal.event-note');
    case 'reviewed':
      return t('deal.event-reviewed', { rating: Number(data.rating) });
  }
}

/** The words of a note, or why a deal was lost. */
function Words({ entry: { event, data } }: { entry: TimelineEntry }) {
  const { locale } = useView();
  if (event === 'note')
    return (
      <div class="note-text">
        <Paragraphs text={String(data.text)} />
      </div>
    );
  const why = event === 'moved' && data.reason ? lostWords(locale, String(data.reason)) : '';
  return why ? <p class="muted">{why}</p> : null;
}
