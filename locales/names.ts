import { type Locale, SERVICES } from '../domain/catalog.ts';
import { kept } from './kept.ts';
import { type Key, translator } from './translator.ts';

const displays = kept<Intl.DisplayNames>();
const lists = kept<Intl.ListFormat>();

function display(locale: Locale, type: 'region' | 'language' | 'currency'): Intl.DisplayNames {
  return displays(`${locale} ${type}`, () => new Intl.DisplayNames(locale, { type, fallback: 'code' }));
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

/** `a, b and c` */
export function listOf(locale: Locale, items: string[]): string {
  return lists(locale, () => new Intl.ListFormat(locale, { type: 'conjunction' })).format(items);
}
