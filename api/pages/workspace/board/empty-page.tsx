import { Layout } from '../../layout.tsx';
import { useView } from '../../view.ts';
import { Dialogs } from './dialogs.tsx';
import { NO_BOARD } from './load.ts';

/** A partner without a pipeline: what will happen, and what to do until then. The first deal appears by itself. */
export function EmptyBoardPage({ pipelineName }: { pipelineName: string }) {
  const { t } = useView();
  return (
    <Layout title={t('board.title')} area="workspace" width="full" scripts={['sortable.js', 'board.js']}>
      <section
        id="board"
        data-live="/workspace/board/state"
        data-version={NO_BOARD}
        hx-get="/workspace/board?after="
        hx-trigger="refresh"
        hx-target="this"
        hx-select="#board"
        hx-swap="outerMorph"
      >
        <div class="empty">
          <h1>{t('board.first-title')}</h1>
          <p>{t('board.first', { pipeline: pipelineName })}</p>
          <p class="actions">
            <a class="button" href="/workspace/profile">
              {t('board.first-profile')}
            </a>
            <a class="button quiet" href="/workspace/pipelines">
              {t('board.first-pipelines')}
            </a>
          </p>
        </div>
      </section>
      <Dialogs />
    </Layout>
  );
}
