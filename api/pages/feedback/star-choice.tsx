import { idOf } from '../form-parts.tsx';
import { type FormState, typedText } from '../forms.ts';
import { useView } from '../view.ts';

const STARS = ['1', '2', '3', '4', '5'] as const;

/** One to five stars: radio buttons, so arrow keys and screen readers know them. The rest is CSS. */
export function StarChoice({ form }: { form: FormState }) {
  const { t } = useView();
  const error = form.errors.rating;
  const chosen = typedText(form.typed, 'rating');
  const id = idOf('rating');
  return (
    <fieldset
      class={error ? 'field wrong star-choice' : 'field star-choice'}
      id={id}
      aria-describedby={error && `${id}-error`}
    >
      <legend>{t('feedback.rating')}</legend>
      <div class="stars">
        {STARS.map((star) => (
          <label>
            <input
              type="radio"
              name="rating"
              value={star}
              checked={chosen === star}
              aria-invalid={error ? 'true' : undefined}
              aria-describedby={`${id}-${star}`}
            />
            <svg viewBox="0 0 20 20" width="40" height="40" aria-hidden="true">
              <path d="M10 1.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8L1.6 7.7l5.8-.8z" />
            </svg>
            <span class="unseen">{t('feedback.stars', { stars: Number(star) })}</span>
            <span class="meaning" id={`${id}-${star}`} aria-hidden="true">
              {t(`feedback.meaning.${star}`)}
            </span>
          </label>
        ))}
        <span class="meaning none" aria-hidden="true">
          {t('feedback.no-rating')}
        </span>
      </div>
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
