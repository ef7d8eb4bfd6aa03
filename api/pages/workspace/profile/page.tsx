import type { Profile } from '../../../../db/profiles.ts';
import { SERVICES } from '../../../../domain/catalog.ts';
import { countryChoices } from '../../../../locales/choices.ts';
import { serviceName } from '../../../../locales/names.ts';
import { Pills, SelectField, TextArea, TextField } from '../../form-parts.tsx';
import { type FormState, typedList, typedText } from '../../forms.ts';
import { Layout } from '../../layout.tsx';
import { ErrorSummary, Notice } from '../../notices.tsx';
import { StaleNotice } from '../../stale-notice.tsx';
import { useView } from '../../view.ts';
import { Part } from '../part.tsx';
import { LanguageFields } from './language-fields.tsx';
import { Preview } from './preview.tsx';

interface ProfileProps {
  profile: Profile;
  form: FormState;
  /** The profile with what was typed, to be looked at before it is saved. */
  preview?: Profile | undefined;
  saved?: boolean;
  /** Somebody else changed the profile since the form was made: what is typed in it is not saved. */
  stale?: boolean;
}

/** What the partner says of itself. */
export function ProfilePage({ profile, form, preview, saved = false, stale = false }: ProfileProps) {
  const { t } = useView();
  return (
    <Layout title={t('me.title')} area="workspace">
      <div class="page-head">
        <h1>{t('me.title')}</h1>
        {profile.listed ? (
          <a class="button quiet" href={`/partners/${profile.slug}`}>
            {t('me.public-page')}
          </a>
        ) : (
          <p class="muted">{t('me.unlisted')}</p>
        )}
      </div>
      {saved && <Notice kind="good">{t('form.saved')}</Notice>}
      {stale && <StaleNotice words={t('stale.profile')} href="/workspace/profile" />}
      {preview && <Preview partner={preview} />}
      <ErrorSummary form={form} />
      <ProfileForm form={form} />
    </Layout>
  );
}

function ProfileForm({ form }: { form: FormState }) {
  const { t, locale } = useView();
  return (
    <form method="post" action="/workspace/profile" class="panel parts" noValidate>
      <input type="hidden" name="version" value={typedText(form.typed, 'version')} />
      <Part title={t('me.part-words')} hint={t('me.part-words-hint')}>
        <TextField form={form} name="name" label={t('field.name')} hint={t('me.name-hint')} required />
        <TextField form={form} name="title" label={t('field.title')} hint={t('me.title-hint')} required />
        <TextArea form={form} name="about" label={t('me.about')} hint={t('me.about-hint')} rows={8} />
      </Part>
      <Part title={t('me.part-offer')} hint={t('me.part-offer-hint')}>
        <Pills
          legend={t('field.services')}
          name="services"
          options={SERVICES.map((value) => ({ value, label: serviceName(locale, value) }))}
          chosen={typedList(form.typed, 'services')}
          error={form.errors.services}
        />
      </Part>
      <Part title={t('me.part-place')} hint={t('me.part-place-hint')}>
        <SelectField
          form={form}
          name="country"
          label={t('catalog.country')}
          options={countryChoices(locale)}
          required
        />
        <LanguageFields form={form} />
      </Part>
      <p class="actions part-actions">
        <button type="submit" class="button">
          {t('form.save')}
        </button>
        <button type="submit" class="button quiet" name="preview" value="yes">
          {t('me.preview')}
        </button>
        <span class="hint">{t('me.preview-hint')}</span>
      </p>
    </form>
  );
}
