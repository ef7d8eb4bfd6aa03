import type { DealCard } from '../../../../db/deal-cards.ts';
import type { Translate } from '../../../../locales/translator.ts';
import type { LoadedBoard } from './load.ts';

/** What the person who looks at the board knows, or has just done. */
export interface Occasion {
  /** The page was there already; the deal that had come last then, or '' when there was none. */
  after?: string | undefined;
  /** The deal that was moved just now. */
  moved?: string | undefined;
}

/** What has just happened on the board, in a sentence; '' when it is shown for the first time. */
export function newsOf(t: Translate, { board, cards }: LoadedBoard, { after, moved }: Occasion): string {
  if (moved !== undefined) return movedWords(t, board, cards, moved);
  if (after === undefined) return '';
  const [first, ...more] = cards.filter(({ kind, id }) => kind === 'new' && id > after);
  return first ? t('board.news', { count: more.length + 1, title: first.title }) : t('board.changed');
}

function movedWords(t: Translate, board: LoadedBoard['board'], cards: DealCard[], moved: string): string {
  const card = cards.find(({ id }) => id === moved);
  const stage = board.stages.find(({ id }) => id === card?.stageId);
  return card && stage ? t('board.moved', { title: card.title, stage: stage.name }) : t('board.changed');
}
