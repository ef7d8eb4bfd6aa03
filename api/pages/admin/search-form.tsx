import type { ComponentChildren } from 'preact';
import type { Option } from '../form-parts.tsx';
import { useView } from '../view.ts';

interface SearchFormProps {
  path: string;
  /** What may hold an e-mail address is posted: addresses of pages are kept by browsers and logs. */
  method: 'get' | 'post';
  children: ComponentChildren;
}

/** Narrows a list of the administration. */
export function SearchForm({ path, method, children }: SearchFormProps) {
  const { t } = useView();
  return (
    <search>
      <form method={method} action={path} class="admin-search">
        {children}
        <button type="submit" class="button">
          {t('admin.search')}
        </button>
      </form>
    </search>
  );
}

/** The words that are looked for. */
export function SearchWords({ label, value }: { label: string; value: string | undefined }) {
  return (
    <div class="filter grow">
      <label for="q">{label}</label>
      <input id="q" name="q" type="search" maxLength={254} value={value ?? ''} autocomplete="off" />
    </div>
  );
}

interface FilterProps {
  name: string;
  label: string;
  chosen: string | undefined;
  options: Option[];
}

/** One of several, or any. */
export function Filter({ name, label, chosen, options }: FilterProps) {
  const { t } = useView();
  return (
    <div class="filter">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">{t('catalog.any')}</option>
        {options.map(({ value, label: words }) => (
          <option value={value} selected={value === chosen}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
