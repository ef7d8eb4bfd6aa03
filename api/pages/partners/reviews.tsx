import type { PartnerView } from '../../../db/partners.ts';
import type { ReviewSummary, ReviewView } from '../../../db/reviews.ts';
import { FiveStars } from '../catalog/partner-parts.tsx';
import { More } from '../more.tsx';
import { Paragraphs } from '../paragraphs.tsx';
import { Day } from '../time.tsx';
import { useView } from '../view.ts';
import { StarChart } from './star-chart.tsx';

/** A page of a partner's reviews, with what the whole of them comes to. */
export interface ShownReviews {
  shown: ReviewView[];
  summary: ReviewSummary;
  /** Where the next page is; undefined on the last. */
  next: string | undefined;
  /** This is not the first page. */
  further: boolean;
}

/** What clients say: how many stars were given how often, and the reviews, newest first. */
export function Reviews({ partner, reviews }: { partner: PartnerView; reviews: ShownReviews }) {
  const { t } = useView();
  const { shown, summary, next, further } = reviews;
  const total = summary.byStars.reduce((sum, count) => sum + count, 0);
  return (
    <section class="panel profile-reviews" id="reviews" aria-labelledby="reviews-title">
      <h2 id="reviews-title">{t('profile.reviews', { count: total })}</h2>
      {total > 0 ? (
        <>
          <p class="hint">{t('profile.verified-means')}</p>
          <StarChart byStars={summary.byStars} />
        </>
      ) : (
        <NoReviews partner={partner} />
      )}
      {summary.hidden > 0 && (
        <p class="hint hidden-reviews">{t('profile.hidden', { count: summary.hidden })}</p>
      )}
      {further && (
        <p>
          <a href={`/partners/${partner.slug}#reviews`}>{t('profile.newest')}</a>
        </p>
      )}
      <div class="page-of-reviews">
        <ul class="client-reviews">
          {shown.map((review, index) => (
            <li>
              <Review review={review} partner={partner.name} first={further && index === 0} />
            </li>
          ))}
        </ul>
        {next && <More href={next} label={t('profile.more')} select=".page-of-reviews" anchor="#reviews" />}
      </div>
    </section>
  );
}

function NoReviews({ partner: { accepting, name } }: { partner: PartnerView }) {
  const { t } = useView();
  return (
    <div class="empty no-reviews">
      <span aria-hidden="true">
        <FiveStars rating={0} />
      </span>
      <p>{accepting ? t('profile.no-reviews', { name }) : t('profile.no-reviews-paused', { name })}</p>
    </div>
  );
}

interface ReviewProps {
  review: ReviewView;
  partner: string;
  /** The first of a further page: who asked for more goes on reading here. */
  first: boolean;
}

function Review({ review, partner, first }: ReviewProps) {
  const { t } = useView();
  const { rating, comment, author, createdAt, reply, repliedAt } = review;
  return (
    <article class="client-review">
      <header class="client-review-head" tabIndex={first ? -1 : undefined} autofocus={first}>
        <h3>{author}</h3>
        <span class="badge good">{t('profile.verified')}</span>
        <span class="client-review-date">
          <Day date={createdAt} />
        </span>
        <FiveStars rating={rating} />
      </header>
      {comment ? <Paragraphs text={comment} /> : <p class="muted">{t('profile.no-words')}</p>}
      {reply && (
        <div class="review-reply">
          <h4>{t('profile.reply', { name: partner })}</h4>
          {repliedAt && (
            <p class="client-review-date">
              <Day date={repliedAt} />
            </p>
          )}
          <Paragraphs text={reply} />
        </div>
      )}
    </article>
  );
}
