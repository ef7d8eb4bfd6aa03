import type { PartnerName } from '../../../../db/admin-partners.ts';
import type { ModeratedReview } from '../../../../db/reviews.ts';
import { FiveStars } from '../../catalog/partner-parts.tsx';
import { TextArea } from '../../form-parts.tsx';
import type { FormState } from '../../forms.ts';
import { Paragraphs } from '../../paragraphs.tsx';
import { Day } from '../../time.tsx';
import { useView } from '../../view.ts';
import { Meta, Moment } from '../parts.tsx';

/** The field with the reason for hiding a review; each has its own, since all are on one page. */
export const reasonField = (reviewId: string) => `reason-${reviewId}`;

interface RowProps {
  review: ModeratedReview;
  partner: PartnerName | undefined;
  form: FormState;
  /** Where in the list one is, to come back to. */
  place: Record<string, string>;
}

/** A review with what may be done about it. */
export function ReviewRow({ review, partner, form, place }: RowProps) {
  const { t } = useView();
  const { id, rating, author, comment, createdAt, reply, hiddenAt, hiddenReason } = review;
  return (
    <li class="row review-row" id={`review-${id}`}>
      <div class="row-head">
        <FiveStars rating={rating} />
        <h2>{partner && <a href={`/admin/partners/${partner.id}`}>{partner.name}</a>}</h2>
        {hiddenAt && <span class="badge bad">{t('admin.reviews.is-hidden')}</span>}
      </div>
      <Meta facts={[t('admin.reviews.by', { author }), <Day date={createdAt} />]} />
      {comment ? <Paragraphs text={comment} /> : <p class="muted">{t('admin.reviews.no-words')}</p>}
      {reply && (
        <blockquote class="reply">
          <p class="muted">{t('admin.reviews.reply', { partner: partner?.name ?? '' })}</p>
          <Paragraphs text={reply} />
        </blockquote>
      )}
      {hiddenAt ? (
        <div class="hidden-why">
          <p>
            <Moment label={t('admin.reviews.hidden-at')} date={hiddenAt} />: {hiddenReason}
          </p>
          <form method="post" action={`/admin/reviews/${id}/restore`}>
            <Place place={place} />
            <button type="submit" class="button quiet">
              {t('admin.reviews.restore')} <About author={author} partner={partner} />
            </button>
          </form>
        </div>
      ) : (
        <Hide review={review} partner={partner} form={form} place={place} />
      )}
    </li>
  );
}

/** Asks for the reason first: it stays on record. */
function Hide({ review: { id, author }, partner, form, place }: RowProps) {
  const { t } = useView();
  const field = reasonField(id);
  return (
    <details open={form.errors[field] !== undefined}>
      <summary class="button quiet">
        {t('admin.reviews.hide')} <About author={author} partner={partner} />
      </summary>
      <form method="post" action={`/admin/reviews/${id}/hide`} noValidate>
        <Place place={place} />
        <TextArea
          form={form}
          name={field}
          rows={2}
          maxLength={1_000}
          label={t('admin.reviews.reason')}
          hint={t('admin.reviews.reason-hint')}
          required
        />
        <button type="submit" class="button danger">
          {t('admin.reviews.hide-now')}
        </button>
      </form>
    </details>
  );
}

/** Which review a button is about, for those who hear it alone. */
function About({ author, partner }: { author: string; partner: PartnerName | undefined }) {
  const { t } = useView();
  return <span class="unseen">{t('admin.reviews.about', { author, partner: partner?.name ?? '' })}</span>;
}

function Place({ place }: Pick<RowProps, 'place'>) {
  return (
    <>
      {Object.entries(place).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
