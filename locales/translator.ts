import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from '../domain/catalog.ts';
import en from './en.json' with { type: 'json' };
import ptBR from './pt-BR.json' with { type: 'json' };

/** The key of a phrase; both catalogs have the same ones (held by a test). */
export type Key = keyof typeof en;

export type Values = Record<string, string | number>;

/** Says a phrase in one language, with its values put in. */
export type Translate = (key: Key, values?: Values) => string;

const CATALOGS: Record<Locale, Record<Key, string>> = { en, 'pt-BR': ptBR };

const formats = new Map<string, IntlMessageFormat>();

/** Phrases are ICU messages: plurals, numbers and choices follow the language's own rules. */
export function translator(locale: Locale): Translate {
  const catalog = CATALOGS[locale];
  return (key, values) => {
    const id = `${locale} ${key}`;
    let format = formats.get(id);
    if (!format) {
      format = new IntlMessageFormat(catalog[key], locale, undefined, { ignoreTag: true });
      formats.set(id, format);
    }
    return String(format.format(values));
  };
}
