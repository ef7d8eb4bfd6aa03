import type { FilterCounts } from '../../../db/partners.ts';
import { PARTNER_TYPES, TIERS } from '../../../domain/catalog.ts';
import { countryName, languageName } from '../../../locales/names.ts';
import { type Option, SelectField } from '../form-parts.tsx';
import { type FormState, typedText } from '../forms.ts';
import { useView } from '../view.ts';
import { WISHES } from './fields.ts';

interface WishesProps {
  form: FormState;
  counts: FilterCounts;
  asked: boolean;
}

/** Who should do it: nothing of it must be said, and it is folded while nothing is, unless it is `asked` for. */
export function WishesPart({ form, counts, asked }: WishesProps) {
  const { t, locale } = useView();
  const isSaid = WISHES.some((name) => typedText(form.typed, name) !== '' || form.errors[name]);
  const byName = (values: Record<string, number>, name: (code: string) => string): Option[] =>
    Object.keys(values)
      .map((value) => ({ value, label: name(value) }))
      .sort((a, b) => a.label.localeCompare(b.label, locale));
  const any = t('catalog.any');
  return (
    <section class="panel" aria-labelledby="part-wishes">
      <details class="wishes" open={asked || isSaid}>
        <summary>
          <h2 id="part-wishes">{t('request-form.part-wishes', { no: 2 })}</h2>
          <span class="optional">{t('form.optional')}</span>
        </summary>
        <p class="hint">{t('request-form.wishes-hint')}</p>
        <div class="fields">
          <SelectField
            form={form}
            name="criteria.language"
            label={t('catalog.language')}
            options={byName(counts.languages, (code) => languageName(locale, code))}
            empty={any}
          />
          <SelectField
            form={form}
            name="criteria.country"
            label={t('catalog.country')}
            options={byName(counts.countries, (code) => countryName(locale, code))}
            empty={any}
          />
          <SelectField
            form={form}
            name="criteria.partnerType"
            label={t('catalog.type')}
            options={PARTNER_TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
            empty={any}
          />
          <SelectField
            form={form}
            name="criteria.tier"
            label={t('catalog.tier')}
            options={TIERS.map((value) => ({ value, label: t(`tier.${value}`) }))}
            empty={any}
          />
        </div>
      </details>
    </section>
  );
}
