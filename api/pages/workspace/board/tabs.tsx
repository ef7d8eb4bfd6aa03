import type { Board } from '../../../../db/boards.ts';
import { useView } from '../../view.ts';
import { boardPath } from './paths.ts';

/** The partner's pipelines, each with how many new deals wait in it. */
export function Tabs({ boards, current }: { boards: Board[]; current: string }) {
  const { t } = useView();
  return (
    <nav class="board-tabs" aria-label={t('nav.pipelines')}>
      <ul>
        {boards.map((board) => (
          <li>
            <a href={boardPath(board.id)} aria-current={board.id === current ? 'page' : undefined}>
              {board.name}
              {newDeals(board) > 0 && (
                <span class="badge active">{t('board.new', { count: newDeals(board) })}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function newDeals({ stages }: Board): number {
  return stages.reduce((sum, { kind, dealCount }) => (kind === 'new' ? sum + dealCount : sum), 0);
}
