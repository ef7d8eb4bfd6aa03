import type { Locale } from '../domain/catalog.ts';
import { COUNTRY_CODES } from '../domain/countries.ts';
import { countryName, languageName } from './names.ts';

/** The languages that forms offer; any other that a partner has is offered to it too. */
const LANGUAGES =
  'ar az be bg bn ca cs da de el en es et fa fi fil fr he hi hr hu hy id it ja ka kk ko lt lv mk ms nl no pl ' +
  'pt ro ru sk sl sq sr sv sw th tr uk ur uz vi zh';

/** A code with its name. */
export interface Choice {
  value: string;
  label: string;
}

/** Every country, by name. */
export function countryChoices(locale: Locale): Choice[] {
  return byName(locale, COUNTRY_CODES, countryName);
}

/** The languages that one may choose from, by name. @param also codes that must be among them */
export function languageChoices(locale: Locale, also: string[] = []): Choice[] {
  return byName(locale, [...LANGUAGES.split(' '), ...also], languageName);
}

function byName(locale: Locale, codes: readonly string[], name: (locale: Locale, code: string) => string) {
  return [...new Set(codes)]
    .map((value) => ({ value, label: name(locale, value) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}
