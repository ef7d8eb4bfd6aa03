import { LOCALES, PARTNER_TYPES, SERVICES, TIERS } from '../../../../domain/catalog.ts';
import { isLanguage } from '../../../../domain/countries.ts';
import { countryChoices, languageChoices } from '../../../../locales/choices.ts';
import { languageName, listOf, serviceName } from '../../../../locales/names.ts';
import { CheckField, Pills, SelectField, TextArea, TextField } from '../../form-parts.tsx';
import { type FormState, typedList, typedText } from '../../forms.ts';
import { useView } from '../../view.ts';

/** All fields of a partner; the slug only of a new one: links and mails have it. */
export function PartnerFields({ form, isNew = false }: { form: FormState; isNew?: boolean }) {
  return (
    <>
      <input type="hidden" name="version" value={typedText(form.typed, 'version')} />
      <Profile form={form} isNew={isNew} />
      <Offer form={form} />
      <Account form={form} />
      <Place form={form} isNew={isNew} />
    </>
  );
}

interface PartProps {
  form: FormState;
  isNew?: boolean;
}

function Profile({ form, isNew }: PartProps) {
  const { t } = useView();
  return (
    <section class="panel" aria-labelledby="part-profile">
      <h2 id="part-profile">{t('admin.partners.part-profile')}</h2>
      <TextField form={form} name="name" label={t('field.name')} maxLength={200} required />
      <TextField
        form={form}
        name="title"
        label={t('field.title')}
        hint={t('admin.partners.title-hint')}
        maxLength={200}
        required
      />
      {isNew && (
        <TextField
          form={form}
          name="slug"
          label={t('admin.partners.slug')}
          hint={t('admin.partners.slug-hint')}
          maxLength={100}
        />
      )}
      <TextArea form={form} name="about" label={t('admin.partners.about')} maxLength={10_000} />
    </section>
  );
}

function Offer({ form }: PartProps) {
  const { t, locale } = useView();
  const primary = typedText(form.typed, 'primaryLanguage');
  const all = typedList(form.typed, 'languages');
  const others = all.filter((code) => code !== primary);
  const names = others.filter(isLanguage).map((code) => languageName(locale, code));
  const languages = languageChoices(locale, [primary, ...others].filter(isLanguage));
  return (
    <section class="panel" aria-labelledby="part-offer">
      <h2 id="part-offer">{t('admin.partners.part-offer')}</h2>
      <Pills
        legend={t('field.services')}
        name="services"
        options={SERVICES.map((value) => ({ value, label: serviceName(locale, value) }))}
        chosen={typedList(form.typed, 'services')}
        error={form.errors.services}
      />
      <div class="fields">
        <SelectField
          form={form}
          name="type"
          label={t('catalog.type')}
          options={PARTNER_TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
          required
        />
        <SelectField
          form={form}
          name="country"
          label={t('catalog.country')}
          options={countryChoices(locale)}
          empty={t('admin.partners.choose')}
          required
        />
        <SelectField
          form={form}
          name="primaryLanguage"
          label={t('admin.partners.primary-language')}
          options={languages}
          empty={t('admin.partners.choose')}
          required
        />
      </div>
      <details open={form.errors.languages !== undefined}>
        <summary>
          {t('admin.partners.languages', { count: others.length, languages: listOf(locale, names) })}
        </summary>
        <Pills
          legend={t('admin.partners.languages-legend')}
          name="languages"
          options={languages}
          chosen={all}
          error={form.errors.languages}
        />
      </details>
    </section>
  );
}

function Account({ form }: PartProps) {
  const { t } = useView();
  return (
    <section class="panel" aria-labelledby="part-account">
      <h2 id="part-account">{t('admin.partners.part-account')}</h2>
      <div class="fields">
        <TextField
          form={form}
          name="email"
          type="email"
          label={t('field.email')}
          hint={t('admin.partners.email-hint')}
          required
        />
        <SelectField
          form={form}
          name="locale"
          label={t('admin.partners.locale')}
          hint={t('admin.partners.locale-hint')}
          options={LOCALES.map((value) => ({ value, label: t(`admin.locale.${value}`) }))}
          required
        />
      </div>
    </section>
  );
}

const UNLISTING = 'unlisting';

function Place({ form, isNew }: PartProps) {
  const { t } = useView();
  return (
    <section class="panel" aria-labelledby="part-place">
      <h2 id="part-place">{t('admin.partners.part-place')}</h2>
      <div class="fields">
        <SelectField
          form={form}
          name="tier"
          label={t('catalog.tier')}
          options={TIERS.map((value) => ({ value, label: t(`tier.${value}`) }))}
          required
        />
        <TextField
          form={form}
          name="capacity"
          label={t('admin.partners.capacity')}
          hint={t('admin.partners.capacity-hint')}
          inputMode="numeric"
        />
      </div>
      <CheckField form={form} name="accepting" label={t('admin.partners.accepting')} />
      <fieldset aria-describedby={isNew ? undefined : UNLISTING}>
        <CheckField form={form} name="listed" label={t('admin.partners.listed-label')} />
        {!isNew && (
          <p class="hint below-check" id={UNLISTING}>
            {t('admin.partners.unlist-hint')}
          </p>
        )}
      </fieldset>
    </section>
  );
}
