import { isLanguage } from '../../../../domain/countries.ts';
import { languageChoices } from '../../../../locales/choices.ts';
import { languageName, listOf } from '../../../../locales/names.ts';
import { Pills, SelectField, TextField } from '../../form-parts.tsx';
import { type FormState, typedList, typedText } from '../../forms.ts';
import { useView } from '../../view.ts';

/**
 * The primary language, and all of them: folded, for most partners have chosen them long ago. The primary one
 * is among all, so that it stays when another takes its place.
 */
export function LanguageFields({ form }: { form: FormState }) {
  const { t, locale } = useView();
  const primary = typedText(form.typed, 'primary');
  const all = [primary, ...typedList(form.typed, 'languages')].filter(isLanguage);
  const choices = languageChoices(locale, all);
  const wrong = form.errors.languages || form.errors.more;
  const names = all.filter((code) => code !== primary).map((code) => languageName(locale, code));
  return (
    <>
      <SelectField
        form={form}
        name="primary"
        label={t('me.primary')}
        hint={t('me.primary-hint')}
        options={choices}
        required
      />
      <details class="field languages" open={Boolean(wrong) || typedText(form.typed, 'more') !== ''}>
        <summary>
          <span>
            <strong>{t('me.others')}</strong>{' '}
            <span class="muted">{names.length > 0 ? listOf(locale, names) : t('me.no-others')}</span>
          </span>
        </summary>
        <Pills
          legend={t('me.others-legend')}
          name="languages"
          options={choices}
          chosen={all}
          error={form.errors.languages}
        />
        <TextField form={form} name="more" label={t('me.more')} hint={t('me.more-hint')} />
      </details>
    </>
  );
}
