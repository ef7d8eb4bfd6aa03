import type { Feedback } from '../../../db/reviews.ts';
import { shownAuthor } from '../../../life/review.ts';
import { FiveStars } from '../catalog/partner-parts.tsx';
import { TextArea } from '../form-parts.tsx';
import type { FormState } from '../forms.ts';
import { Layout } from '../layout.tsx';
import { ErrorSummary, Notice } from '../notices.tsx';
import { Paragraphs } from '../paragraphs.tsx';
import { Day } from '../time.tsx';
import { useView } from '../view.ts';
import { StarChoice } from './star-choice.tsx';

// As long as the API takes.
const LONGEST_COMMENT = 5_000;

/** How was it? Stars, and words for those who like. */
export function AskPage({ feedback, form }: { feedback: Feedback; form: FormState }) {
  const { t } = useView();
  const { partner, title, clientName } = feedback;
  return (
    <Layout title={t('feedback.title', { partner: partner.name })} width="narrow">
      <section class="panel rate">
        <h1>{t('feedback.title', { partner: partner.name })}</h1>
        <p>{t('feedback.intro', { partner: partner.name, title })}</p>
        <ErrorSummary form={form} />
        <form method="post" noValidate>
          <StarChoice form={form} />
          <TextArea
            form={form}
            name="comment"
            label={t('feedback.comment')}
            hint={t('feedback.comment-hint')}
            maxLength={LONGEST_COMMENT}
          />
          <p class="muted">{t('feedback.shown', { author: shownAuthor(clientName) })}</p>
          <button type="submit" class="button big">
            {t('feedback.send')}
          </button>
        </form>
      </section>
    </Layout>
  );
}

/** What was written, right after it and at every later visit. */
export function WrittenPage({
  feedback: { partner, title },
  review,
  done,
}: {
  feedback: Feedback;
  review: NonNullable<Feedback['review']>;
  done: boolean;
}) {
  const { t } = useView();
  const { rating, comment, author, createdAt } = review;
  return (
    <Layout title={t('feedback.thanks-title')} width="narrow">
      <section class="panel rate">
        {done && <Notice kind="good">{t('feedback.done')}</Notice>}
        <h1>{t('feedback.thanks-title')}</h1>
        <p>{t('feedback.thanks', { partner: partner.name, title })}</p>
        <figure class="written">
          <FiveStars rating={rating} />
          {comment && (
            <blockquote>
              <Paragraphs text={comment} />
            </blockquote>
          )}
          <figcaption class="muted">
            {author} · {t('feedback.written-on')} <Day date={createdAt} />
          </figcaption>
        </figure>
        <p class="actions">
          {partner.listed && (
            <a class="button" href={`/partners/${partner.slug}`}>
              {t('feedback.profile', { partner: partner.name })}
            </a>
          )}
          <a class="button quiet" href="/">
            {t('problem.home')}
          </a>
        </p>
      </section>
    </Layout>
  );
}
