import { type Locale, SERVICES } from '../domain/catalog.ts';
import { type Key, translator } from './translator.ts';

const displays = new Map<string, Intl.DisplayNames>();

function display(locale: Locale, type: 'region' | 'language' | 'currency'): Intl.DisplayNames {
  const id = `${locale} ${type}`;
  let names = displays.get(id);
  if (!names) {
    names = new Intl.DisplayNames(locale, { type, fallback: 'code' });
    displays.set(id, names);
  }
  return names;
}

/** `BR` -> Brazil, Brasil */
export function countryName(locale: Locale, code: string): string {
  return display(locale, 'region').of(code) ?? code;
}

/** `pt` -> Portuguese, português */
export function languageName(locale: Locale, code: string): string {
  return display(locale, 'language').of(code) ?? code;
}

/** `BRL` -> Brazilian Real, Real brasileiro */
export function currencyName(locale: Locale, code: string): string {
  return display(locale, 'currency').of(code) ?? code;
}

/** `crm-setup` -> CRM setup, Configuração de CRM */
export function serviceName(locale: Locale, slug: string): string {
  return (SERVICES as readonly string[]).includes(slug) ? translator(locale)(`service.${slug}` as Key) : slug;
}

const LISTS = {
  en: new Intl.ListFormat('en', { type: 'conjunction' }),
  'pt-BR': new Intl.ListFormat('pt-BR', { type: 'conjunction' }),
};

/** `a, b and c` */
export function listOf(locale: Locale, items: string[]): string {
  return LISTS[locale].format(items);
}
