import { Layout } from '../../layout.tsx';
import { Notice } from '../../notices.tsx';
import { useView } from '../../view.ts';
import type { IncompleteMove } from '../deal/move-menu.tsx';
import { Column } from './column.tsx';
import { Dialogs } from './dialogs.tsx';
import type { LoadedBoard } from './load.ts';
import { newsOf, type Occasion } from './news.ts';
import { boardPath } from './paths.ts';
import { Tabs } from './tabs.tsx';

/** Why the board is shown instead of what was asked for. */
export interface Refusal {
  words: string;
  incomplete?: IncompleteMove;
}

interface BoardProps {
  loaded: LoadedBoard;
  occasion: Occasion;
  refusal?: Refusal | undefined;
}

/** The partner's deals in the stages of one pipeline. */
export function BoardPage({ loaded, occasion, refusal }: BoardProps) {
  const { t } = useView();
  return (
    <Layout title={t('board.title')} area="workspace" width="full" scripts={['sortable.js', 'board.js']}>
      <BoardSection loaded={loaded} occasion={occasion} refusal={refusal} />
      <Dialogs />
    </Layout>
  );
}

/** All of the board that changes: asked for anew when it did, or sent back by a move. */
function BoardSection({ loaded, occasion, refusal }: BoardProps) {
  const { t } = useView();
  const { boards, board, cards, state } = loaded;
  const path = boardPath(board.id);
  return (
    <section
      id="board"
      aria-labelledby="board-title"
      data-live={path.replace('board', 'board/state')}
      data-version={state.version}
      data-offline={t('board.offline')}
      hx-get={`${path}&after=${state.newest ?? ''}`}
      hx-trigger="refresh"
      hx-target="this"
      hx-select="#board"
      hx-swap="outerMorph"
    >
      <div class="board-head">
        <h1 id="board-title">{t('board.title')}</h1>
        <p id="board-news" role="status">
          {newsOf(t, loaded, occasion)}
        </p>
      </div>
      {refusal && <Notice kind="bad">{refusal.words}</Notice>}
      <Tabs boards={boards} current={board.id} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="strip" aria-label={t('board.stages', { pipeline: board.name })} tabIndex={0}>
        {board.stages.map((stage) => (
          <Column
            stage={stage}
            stages={board.stages}
            cards={cards.filter(({ stageId }) => stageId === stage.id)}
            incomplete={refusal?.incomplete}
          />
        ))}
      </section>
    </section>
  );
}
