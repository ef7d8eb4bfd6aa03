import type { FilterCounts } from '../../../db/partners.ts';
import type { Criteria } from '../../../db/requests.ts';
import { PARTNER_TYPES, SERVICES, TIERS } from '../../../domain/catalog.ts';
import { countryName, languageName, serviceName } from '../../../locales/names.ts';
import { Pills, SelectField } from '../form-parts.tsx';
import { useView } from '../view.ts';
import { type TightWish, type Wish, wishWords, without } from './wishes.ts';

interface WidenProps {
  criteria: Criteria;
  tight: TightWish[];
  counts: FilterCounts;
  /** The address of the request's page. */
  page: string;
}

/** How to ask for less: give up one wish that is in the way, or change them as one likes. */
export function Widen({ criteria, tight, counts, page }: WidenProps) {
  const { t } = useView();
  return (
    <section aria-labelledby="widen-title" class="panel widen">
      <h2 id="widen-title">{t('tracking.widen')}</h2>
      {tight.length > 0 ? (
        <>
          <p>{t('tracking.tight', { count: tight.length })}</p>
          <ul class="tight">
            {tight.map((each) => (
              <li>
                <GiveUp criteria={criteria} tight={each} page={page} />
              </li>
            ))}
          </ul>
          <h3>{t('tracking.widen-form')}</h3>
        </>
      ) : (
        <p>{t('tracking.tight-several')}</p>
      )}
      <CriteriaForm criteria={criteria} counts={counts} page={page} />
    </section>
  );
}

/** One press: the same request without this wish. */
function GiveUp({
  criteria,
  tight: { wish, partners, orMore },
  page,
}: Pick<WidenProps, 'criteria' | 'page'> & { tight: TightWish }) {
  const { t, locale } = useView();
  const { services, ...rest } = without(criteria, wish);
  return (
    <form method="post" action={`${page}/criteria`}>
      {services.map((slug) => (
        <input type="hidden" name="services" value={slug} />
      ))}
      {Object.entries(rest).map(
        ([name, value]) => value && <input type="hidden" name={name} value={value} />,
      )}
      <button type="submit" class="button quiet">
        {t('tracking.give-up', { wish: wishWords(locale, wish) })}
        <small class="count">
          {orMore ? t('catalog.count-or-more', { count: partners }) : t('catalog.count', { count: partners })}
        </small>
      </button>
    </form>
  );
}

function CriteriaForm({ criteria, counts, page }: Omit<WidenProps, 'tight'>) {
  const { t, locale } = useView();
  const form = {
    typed: {
      country: criteria.country ?? '',
      language: criteria.language ?? '',
      partnerType: criteria.partnerType ?? '',
      tier: criteria.tier ?? '',
    },
    errors: {},
  };
  // Codes that partners have, and the one that was asked for, which maybe nobody has.
  const byName = (values: Record<string, number>, asked: string | null, name: (code: string) => string) =>
    [...new Set([...Object.keys(values), ...(asked ? [asked] : [])])]
      .map((value) => ({ value, label: name(value) }))
      .sort((a, b) => a.label.localeCompare(b.label, locale));
  const fields: {
    name: Exclude<Wish['field'], 'services'>;
    label: string;
    options: { value: string; label: string }[];
  }[] = [
    {
      name: 'country',
      label: t('catalog.country'),
      options: byName(counts.countries, criteria.country, (code) => countryName(locale, code)),
    },
    {
      name: 'language',
      label: t('catalog.language'),
      options: byName(counts.languages, criteria.language, (code) => languageName(locale, code)),
    },
    {
      name: 'partnerType',
      label: t('catalog.type'),
      options: PARTNER_TYPES.map((value) => ({ value, label: t(`type.${value}`) })),
    },
    {
      name: 'tier',
      label: t('catalog.tier'),
      options: TIERS.map((value) => ({ value, label: t(`tier.${value}`) })),
    },
  ];
  return (
    <form method="post" action={`${page}/criteria`} noValidate>
      <Pills
        legend={t('field.services')}
        name="services"
        options={SERVICES.map((value) => ({ value, label: serviceName(locale, value) }))}
        chosen={criteria.services}
      />
      <div class="fields">
        {fields.map((field) => (
          <SelectField form={form} empty={t('catalog.any')} {...field} />
        ))}
      </div>
      <button type="submit" class="button">
        {t('tracking.look-again')}
      </button>
    </form>
  );
}
