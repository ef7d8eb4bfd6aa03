import type { BoardStage } from '../../../../db/boards.ts';
import type { DealCard } from '../../../../db/deal-cards.ts';
import { useView } from '../../view.ts';
import type { IncompleteMove } from '../deal/move-menu.tsx';
import { Card } from './card.tsx';
import { KindMark } from './kind-mark.tsx';
import { stagePath } from './paths.ts';

interface ColumnProps {
  stage: BoardStage;
  stages: BoardStage[];
  cards: DealCard[];
  incomplete: IncompleteMove | undefined;
}

/** A stage with its deals, the latest first. */
export function Column({ stage, stages, cards, incomplete }: ColumnProps) {
  const { t } = useView();
  const { id, name, kind, dealCount } = stage;
  const kindWords = t(`stage.${kind}`);
  return (
    <section class={`column ${kind}`} aria-labelledby={`stage-${id}`}>
      <header class="column-head">
        <KindMark kind={kind} />
        <h2 id={`stage-${id}`}>
          {name}
          {name !== kindWords && <span class="unseen"> ({kindWords})</span>}
        </h2>
        <span class="count">
          {dealCount} <span class="unseen">{t('board.deals', { count: dealCount })}</span>
        </span>
      </header>
      <ul class="deal-cards" id={`deals-of-${id}`} data-stage={id}>
        {cards.map((card) => (
          <Card card={card} stages={stages} incomplete={incomplete} />
        ))}
      </ul>
      <p class="column-empty">{t(kind === 'new' ? 'board.empty-new' : 'board.empty-stage')}</p>
      {dealCount > cards.length && (
        <p class="column-more">
          <a href={stagePath(id)}>
            {t('board.all', { count: dealCount })} <span class="unseen">({name})</span>
          </a>
        </p>
      )}
    </section>
  );
}
