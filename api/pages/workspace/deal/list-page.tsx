import type { BoardStage } from '../../../../db/boards.ts';
import type { DealView } from '../../../../db/deals.ts';
import { lostWords } from '../../../../locales/lost-words.ts';
import { moneyWords } from '../../../../locales/money.ts';
import type { Page } from '../../../cursor.ts';
import { Layout } from '../../layout.tsx';
import { Day } from '../../time.tsx';
import { useView } from '../../view.ts';
import { KindMark } from '../board/kind-mark.tsx';
import { boardPath, dealPath, stagePath } from '../board/paths.ts';

interface ListProps {
  stage: BoardStage;
  pipeline: { id: string; name: string };
  found: Page<DealView>;
}

/** All deals of a stage, however many there are. */
export function DealListPage({ stage, pipeline, found: { data, page } }: ListProps) {
  const { t, locale } = useView();
  return (
    <Layout title={stage.name} area="workspace">
      <p class="back-link">
        <a href={boardPath(pipeline.id)}>{t('deal.back')}</a>
      </p>
      <div class="page-head">
        <h1 class="stage-title">
          <KindMark kind={stage.kind} /> {stage.name}
        </h1>
        <p class="muted">{t('board.all', { count: stage.dealCount })}</p>
      </div>
      {data.length === 0 && <p class="empty">{t('board.empty-stage')}</p>}
      <ul class="deal-rows panel">
        {data.map((deal) => (
          <li>
            <h2>
              <a href={dealPath(deal.id)}>{deal.project.title}</a>
            </h2>
            <p class="deal-client">{deal.client.name}</p>
            <p class="deal-facts">
              {deal.project.budget && <strong>{moneyWords(locale, deal.project.budget)}</strong>}
              <Day date={deal.createdAt} />
              {deal.lostReason && <span>{lostWords(locale, deal.lostReason)}</span>}
            </p>
          </li>
        ))}
      </ul>
      {page.nextCursor && (
        <p class="more">
          <a class="button quiet" href={`${stagePath(stage.id)}&cursor=${page.nextCursor}`}>
            {t('deal.older')}
          </a>
        </p>
      )}
    </Layout>
  );
}
