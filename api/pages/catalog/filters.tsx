import type { FilterCounts } from '../../../db/partners.ts';
import { PARTNER_TYPES, SERVICES, TIERS } from '../../../domain/catalog.ts';
import { countryName, languageName, serviceName } from '../../../locales/names.ts';
import type { Key } from '../../../locales/translator.ts';
import type { Option } from '../form-parts.tsx';
import { useView } from '../view.ts';
import type { CatalogQuery } from './query.ts';

/** The six filters with how many partners each choice has. Results follow while one types and picks. */
export function Filters({ query, counts }: { query: CatalogQuery; counts: FilterCounts }) {
  const { t, locale } = useView();
  const byName = (values: Record<string, number>, name: (code: string) => string) =>
    Object.entries(values)
      .map(([value, count]) => ({ value, name: name(value), count }))
      .sort((a, b) => a.name.localeCompare(b.name, locale));
  const inOrder = (prefix: 'type' | 'tier', values: readonly string[], found: Record<string, number>) =>
    values.map((value) => ({ value, name: t(`${prefix}.${value}` as Key), count: found[value] ?? 0 }));
  return (
    <search aria-label={t('catalog.filters')}>
      <form
        class="filters"
        action="/"
        hx-get="/"
        hx-trigger="input delay:250ms, change, submit"
        hx-target="#results"
        hx-select="#results"
        hx-swap="outerMorph"
        hx-select-oob="#find"
        hx-sync="this:replace"
      >
        <div class="filter search">
          <label for="q">{t('catalog.q')}</label>
          <input
            id="q"
            name="q"
            type="search"
            maxLength={100}
            value={query.q ?? ''}
            autocomplete="off"
            placeholder={t('catalog.q-hint')}
          />
        </div>
        <Choice
          name="country"
          chosen={query.country}
          options={byName(counts.countries, (code) => countryName(locale, code))}
        />
        <Choice
          name="language"
          chosen={query.language}
          options={byName(counts.languages, (code) => languageName(locale, code))}
        />
        <Choice name="type" chosen={query.type} options={inOrder('type', PARTNER_TYPES, counts.types)} />
        <Choice name="tier" chosen={query.tier} options={inOrder('tier', TIERS, counts.tiers)} />
        <fieldset class="services">
          <legend>{t('field.services')}</legend>
          <div class="pills">
            {SERVICES.map((slug) => (
              <label class="pill">
                <input type="checkbox" name="services" value={slug} checked={query.services.includes(slug)} />
                <span>
                  {serviceName(locale, slug)} <Count n={counts.services[slug] ?? 0} />
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <noscript>
          <button type="submit" class="button">
            {t('catalog.show')}
          </button>
        </noscript>
      </form>
    </search>
  );
}

function Count({ n }: { n: number }) {
  const { locale } = useView();
  return <small class="count">{new Intl.NumberFormat(locale).format(n)}</small>;
}

interface ChoiceProps {
  name: 'country' | 'language' | 'type' | 'tier';
  chosen: string | undefined;
  options: (Omit<Option, 'label'> & { name: string; count: number })[];
}

function Choice({ name, chosen, options }: ChoiceProps) {
  const { t, locale } = useView();
  const numbers = new Intl.NumberFormat(locale);
  return (
    <div class="filter">
      <label for={`filter-${name}`}>{t(`catalog.${name}`)}</label>
      <select id={`filter-${name}`} name={name}>
        <option value="">{t('catalog.any')}</option>
        {options.map(({ value, name: label, count }) => (
          <option value={value} selected={value === chosen}>
            {`${label} (${numbers.format(count)})`}
          </option>
        ))}
      </select>
    </div>
  );
}
