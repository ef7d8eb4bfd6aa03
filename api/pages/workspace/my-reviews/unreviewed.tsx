import type { UnreviewedDeal } from '../../../../db/own-reviews.ts';
import { Day } from '../../time.tsx';
import { useView } from '../../view.ts';

/** Won deals whose clients have not said a word yet: how many, and the latest of them. */
export function Unreviewed({ total, latest }: { total: number; latest: UnreviewedDeal[] }) {
  const { t } = useView();
  return (
    <section class="panel" aria-labelledby="unreviewed-title">
      <h2 id="unreviewed-title">{t('my-reviews.unreviewed')}</h2>
      <p>{t('my-reviews.unreviewed-count', { count: total })}</p>
      <ul class="unreviewed">
        {latest.map(({ id, project, client, askedAt }) => (
          <li>
            <a href={`/workspace/deals/${id}`}>{project}</a>
            <p class="muted">
              {client}
              {askedAt && (
                <>
                  {' · '}
                  {t('my-reviews.asked')} <Day date={askedAt} />
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      {total > latest.length && (
        <p class="hint">{t('my-reviews.unreviewed-more', { count: total - latest.length })}</p>
      )}
    </section>
  );
}
