import type { FilterCounts } from '../../../../db/partners.ts';
import { PARTNER_TYPES, SERVICES, TIERS } from '../../../../domain/catalog.ts';
import { countryName, languageName, serviceName } from '../../../../locales/names.ts';
import { Pills, SelectField } from '../../form-parts.tsx';
import { type FormState, typedList, typedText } from '../../forms.ts';
import { useView } from '../../view.ts';

const POLICIES = ['balanced', 'top'] as const;

/** What a request would ask for, and how partners are drawn. Countries and languages are those of the catalog. */
export function CriteriaForm({ form, counts }: { form: FormState; counts: FilterCounts }) {
  const { t, locale } = useView();
  const byName = (values: Record<string, number>, name: (code: string) => string) =>
    Object.keys(values)
      .map((value) => ({ value, label: name(value) }))
      .sort((a, b) => a.label.localeCompare(b.label, locale));
  const countries = byName(counts.countries, (code) => countryName(locale, code));
  const languages = byName(counts.languages, (code) => languageName(locale, code));
  const any = { form, empty: t('catalog.any'), required: true };
  return (
    <form method="post" action="/admin/preview" class="panel" noValidate>
      <Pills
        legend={t('field.services')}
        name="criteria.services"
        options={SERVICES.map((value) => ({ value, label: serviceName(locale, value) }))}
        chosen={typedList(form.typed, 'criteria.services')}
        error={form.errors['criteria.services']}
      />
      <div class="fields">
        <SelectField {...any} name="criteria.country" label={t('catalog.country')} options={countries} />
        <SelectField {...any} name="criteria.language" label={t('catalog.language')} options={languages} />
        <SelectField
          {...any}
          name="criteria.partnerType"
          label={t('catalog.type')}
          options={PARTNER_TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
        />
        <SelectField
          {...any}
          name="criteria.tier"
          label={t('catalog.tier')}
          options={TIERS.map((value) => ({ value, label: t(`tier.${value}`) }))}
        />
      </div>
      <Pills
        type="radio"
        legend={t('admin.draw.policy')}
        hint={t('admin.preview.policy-hint')}
        name="policy"
        options={POLICIES.map((value) => ({ value, label: t(`admin.policy.${value}`) }))}
        chosen={[typedText(form.typed, 'policy')]}
        error={form.errors.policy}
      />
      <button type="submit" class="button">
        {t('admin.preview.submit')}
      </button>
    </form>
  );
}
