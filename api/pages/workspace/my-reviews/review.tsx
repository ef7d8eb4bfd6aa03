import type { OwnReview } from '../../../../db/own-reviews.ts';
import { FiveStars } from '../../catalog/partner-parts.tsx';
import { TextArea } from '../../form-parts.tsx';
import type { FormState } from '../../forms.ts';
import { Paragraphs } from '../../paragraphs.tsx';
import { Day } from '../../time.tsx';
import { useView } from '../../view.ts';
import { replyField } from './reply-field.ts';

interface OwnReviewProps {
  review: OwnReview;
  form: FormState;
  /** Of the page that the review is on: a reply comes back to it. */
  cursor: string | undefined;
}

/** A review as its partner sees it: of which project, hidden or not, with the reply or the way to one. */
export function OwnReviewCard({ review, form, cursor, first }: OwnReviewProps & { first: boolean }) {
  const { t } = useView();
  const { rating, comment, author, project, createdAt, reply, repliedAt, hiddenAt } = review;
  return (
    <article class={hiddenAt ? 'panel own-review hidden-review' : 'panel own-review'}>
      <header tabIndex={first ? -1 : undefined} autofocus={first}>
        <FiveStars rating={rating} />
        <h3>{project}</h3>
        <p class="muted">
          {author} · <Day date={createdAt} />
        </p>
      </header>
      {comment ? <Paragraphs text={comment} /> : <p class="muted">{t('my-reviews.no-words')}</p>}
      {hiddenAt && <Hidden review={review} />}
      {reply !== null && (
        <div class="reply">
          <h4>{t('my-reviews.your-reply')}</h4>
          {repliedAt && (
            <p class="muted">
              <Day date={repliedAt} />
            </p>
          )}
          <Paragraphs text={reply} />
        </div>
      )}
      {reply === null && !hiddenAt && <ReplyForm review={review} form={form} cursor={cursor} />}
    </article>
  );
}

function Hidden({ review: { hiddenReason } }: { review: OwnReview }) {
  const { t } = useView();
  return (
    <div class="notice info">
      <p>
        <strong>{t('my-reviews.hidden')}</strong>
      </p>
      {hiddenReason && <p>{t('my-reviews.hidden-reason', { reason: hiddenReason })}</p>}
    </div>
  );
}

function ReplyForm({ review: { id, author }, form, cursor }: OwnReviewProps) {
  const { t } = useView();
  const name = replyField(id);
  const isWrong = form.errors[name] !== undefined;
  return (
    <details class="reply-form" open={isWrong}>
      <summary class="button quiet">
        {t('my-reviews.reply')} <span class="unseen">{t('my-reviews.reply-to', { author })}</span>
      </summary>
      <form
        method="post"
        action={`/workspace/reviews/${id}/reply${cursor ? `?cursor=${cursor}` : ''}`}
        noValidate
      >
        <TextArea
          form={form}
          name={name}
          label={t('my-reviews.text', { author })}
          hint={t('my-reviews.once')}
          rows={4}
          required
        />
        <button type="submit" class="button">
          {t('my-reviews.publish')} <span class="unseen">{t('my-reviews.reply-to', { author })}</span>
        </button>
      </form>
    </details>
  );
}
