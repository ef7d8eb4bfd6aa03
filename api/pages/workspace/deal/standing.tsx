import type { Board } from '../../../../db/boards.ts';
import type { DealBackground } from '../../../../db/deal-background.ts';
import type { DealView } from '../../../../db/deals.ts';
import { lostWords } from '../../../../locales/lost-words.ts';
import { useView } from '../../view.ts';
import { KindMark } from '../board/kind-mark.tsx';
import { boardPath } from '../board/paths.ts';
import { Due } from './due.tsx';
import { Feedback } from './feedback.tsx';
import { type IncompleteMove, MoveMenu } from './move-menu.tsx';

export interface StandingProps {
  deal: DealView;
  background: DealBackground;
  board: Board | undefined;
  incomplete: IncompleteMove | undefined;
}

/** Where a deal stands, and where it can go from there. */
export function Standing({ deal, background, board, incomplete }: StandingProps) {
  const { t, locale } = useView();
  const { stage, pipeline, lostReason } = deal;
  const movable = {
    id: deal.id,
    version: deal.version,
    title: deal.project.title,
    kind: stage.kind,
    stageId: stage.id,
    lostReason,
  };
  return (
    <section class="panel" aria-labelledby="standing">
      <h2 id="standing">{t('deal.standing')}</h2>
      <p class="deal-standing">
        <KindMark kind={stage.kind} /> <strong>{stage.name}</strong>
        <a class="alone" href={boardPath(pipeline.id)}>
          {pipeline.name}
        </a>
      </p>
      {lostReason && <p>{lostWords(locale, lostReason)}</p>}
      {stage.kind === 'new' && background.answerDueAt && <Due at={background.answerDueAt} />}
      <Rivals deal={deal} background={background} />
      {stage.kind === 'won' && <Feedback background={background} />}
      {board && <MoveMenu deal={movable} stages={board.stages} back="deal" incomplete={incomplete} />}
    </section>
  );
}

/** Whether the client has decided, and how many others it may still choose from: never who they are. */
function Rivals({
  deal: { stage },
  background: { chosen, others, mode },
}: Omit<StandingProps, 'board' | 'incomplete'>) {
  const { t } = useView();
  if (stage.kind === 'lost') return null;
  if (chosen) return <p class="deal-chosen">{t('deal.chosen')}</p>;
  if (stage.kind === 'won') return null;
  return (
    <p>{others === 0 && mode === 'manual' ? t('deal.only-you') : t('deal.others', { count: others })}</p>
  );
}
