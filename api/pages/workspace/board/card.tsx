import type { BoardStage } from '../../../../db/boards.ts';
import type { DealCard } from '../../../../db/deal-cards.ts';
import { agoWords } from '../../../../locales/ago-words.ts';
import { lostWords } from '../../../../locales/lost-words.ts';
import { moneyWords } from '../../../../locales/money.ts';
import { useView } from '../../view.ts';
import { Due } from '../deal/due.tsx';
import { type IncompleteMove, MoveMenu } from '../deal/move-menu.tsx';
import { targetsOf } from '../deal/targets.ts';
import { dealPath } from './paths.ts';

interface CardProps {
  card: DealCard;
  stages: BoardStage[];
  incomplete: IncompleteMove | undefined;
}

/** A deal on the board. board.js reads from it what may be done with it by dragging. */
export function Card({ card, stages, incomplete }: CardProps) {
  const { t, locale } = useView();
  const targets = targetsOf(card, stages).map(({ stage, asks }) => [stage.id, asks]);
  return (
    <li
      class="deal-card"
      id={`deal-${card.id}`}
      data-move={`${dealPath(card.id)}/move`}
      data-version={card.version}
      data-targets={JSON.stringify(Object.fromEntries(targets))}
    >
      <h3>
        <a href={dealPath(card.id)} draggable={false}>
          {card.title}
        </a>
      </h3>
      <p class="deal-client">{card.clientName}</p>
      <p class="deal-facts">
        {card.budget && <strong>{moneyWords(locale, card.budget)}</strong>}
        <When card={card} />
      </p>
      {card.kind === 'new' && card.answerDueAt && <Due at={card.answerDueAt} />}
      {card.chosen && card.kind !== 'lost' && (
        <p>
          <span class="badge active">{t('deal.chosen-badge')}</span>
        </p>
      )}
      {card.lostReason && <p class="deal-reason">{lostWords(locale, card.lostReason)}</p>}
      <MoveMenu deal={card} stages={stages} back="board" incomplete={incomplete} />
    </li>
  );
}

/** How long ago the last thing happened that matters in this stage. */
function When({ card: { kind, createdAt, answeredAt, movedAt } }: { card: DealCard }) {
  const { t, locale } = useView();
  const closed = kind === 'won' || kind === 'lost';
  const at = closed ? movedAt : (kind === 'in_progress' && answeredAt) || createdAt;
  const ago = agoWords(locale, at);
  return (
    <time dateTime={at.toISOString()}>
      {closed
        ? t('board.closed', { ago })
        : at === answeredAt
          ? t('board.answered', { ago })
          : t('board.came', { ago })}
    </time>
  );
}
