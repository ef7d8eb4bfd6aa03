import type { Key } from '../../../../locales/translator.ts';
import { FiveStars, Star } from '../../catalog/partner-parts.tsx';
import type { FormState } from '../../forms.ts';
import { Layout } from '../../layout.tsx';
import { More } from '../../more.tsx';
import { ErrorSummary, Notice } from '../../notices.tsx';
import { StarChart } from '../../partners/star-chart.tsx';
import { useView } from '../../view.ts';
import { type MyReviews, reviewsPath } from './load.ts';
import { OwnReviewCard } from './review.tsx';
import { Unreviewed } from './unreviewed.tsx';

interface MyReviewsProps {
  reviews: MyReviews;
  form: FormState;
  replied?: boolean;
  /** Why nothing was done. */
  refused?: Key;
}

/** What clients say of the partner, and where it answers them. */
export function MyReviewsPage({ reviews, form, replied = false, refused }: MyReviewsProps) {
  const { t } = useView();
  const { shown, unreviewed, cursor, nextCursor } = reviews;
  return (
    <Layout title={t('my-reviews.title')} area="workspace">
      <div class="page-head">
        <h1>{t('my-reviews.title')}</h1>
      </div>
      {replied && <Notice kind="good">{t('my-reviews.replied')}</Notice>}
      {refused && <Notice kind="bad">{t(refused)}</Notice>}
      <ErrorSummary form={form} />
      <div class="my-reviews">
        <div class="my-reviews-side">
          <Summary reviews={reviews} />
          {unreviewed.total > 0 && <Unreviewed {...unreviewed} />}
        </div>
        <section aria-labelledby="list-title">
          <h2 id="list-title">{t('my-reviews.list')}</h2>
          {cursor && (
            <p>
              <a href={reviewsPath(undefined)}>{t('my-reviews.newest')}</a>
            </p>
          )}
          {shown.length === 0 && <NoReviews hasWon={unreviewed.total > 0} />}
          <div class="page-of-reviews">
            <ul class="own-reviews">
              {shown.map((review, index) => (
                <li id={`review-${review.id}`}>
                  <OwnReviewCard
                    review={review}
                    form={form}
                    cursor={cursor}
                    first={cursor !== undefined && index === 0}
                  />
                </li>
              ))}
            </ul>
            {nextCursor && (
              <More href={reviewsPath(nextCursor)} label={t('my-reviews.more')} select=".page-of-reviews" />
            )}
          </div>
        </section>
      </div>
    </Layout>
  );
}

function Summary({ reviews: { summary } }: { reviews: MyReviews }) {
  const { t, locale } = useView();
  const count = summary.byStars.reduce((sum, each) => sum + each, 0);
  const stars = summary.byStars.reduce((sum, each, index) => sum + each * (index + 1), 0);
  const mean = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <section class="panel" aria-labelledby="summary-title">
      <h2 id="summary-title">{t('my-reviews.average')}</h2>
      {count > 0 ? (
        <>
          <p class="average">
            <Star /> <strong>{mean.format(stars / count)}</strong>
            <span>{t('my-reviews.count', { count })}</span>
          </p>
          <StarChart byStars={summary.byStars} />
        </>
      ) : (
        <p class="muted">{t('my-reviews.no-average')}</p>
      )}
      {summary.hidden > 0 && <p class="hint">{t('my-reviews.hidden-count', { count: summary.hidden })}</p>}
    </section>
  );
}

function NoReviews({ hasWon }: { hasWon: boolean }) {
  const { t } = useView();
  return (
    <div class="panel empty">
      <FiveStars rating={0} />
      <h3>{t('my-reviews.none-title')}</h3>
      <p>{t(hasWon ? 'my-reviews.none-won' : 'my-reviews.none')}</p>
    </div>
  );
}
