import type { DealBackground } from '../../../../db/deal-background.ts';
import { FiveStars } from '../../catalog/partner-parts.tsx';
import { Paragraphs } from '../../paragraphs.tsx';
import { Day } from '../../time.tsx';
import { useView } from '../../view.ts';

/** What has become of asking the client for feedback. */
export function Feedback({ background: { review, feedbackAskedAt } }: { background: DealBackground }) {
  const { t } = useView();
  if (!review)
    return (
      <p>
        {t('deal.feedback-asked')} {feedbackAskedAt && <Day date={feedbackAskedAt} />}
      </p>
    );
  return (
    <div class="deal-feedback">
      <p>
        {t('deal.feedback-given')} <FiveStars rating={review.rating} />
      </p>
      {review.comment !== '' && (
        <blockquote>
          <Paragraphs text={review.comment} />
        </blockquote>
      )}
      {review.hidden ? (
        <p class="muted">{t('deal.feedback-hidden')}</p>
      ) : (
        <p>
          <a href="/workspace/reviews">{t('deal.feedback-reply')}</a>
        </p>
      )}
    </div>
  );
}
