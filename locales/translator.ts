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

const phrases: Record<Locale, Map<Key, (values?: Values) => string>> = { en: new Map(), 'pt-BR': new Map() };

/** Phrases are ICU messages: plurals, numbers and choices follow the language's own rules. */
export function translator(locale: Locale): Translate {
  const known = phrases[locale];
  return (key, values) => {
    let say = known.get(key);
    if (!say) {
      say = phrase(CATALOGS[locale][key], locale);
      known.set(key, say);
    }
    return say(values);
  };
}

function phrase(message: string, locale: Locale): (values?: Values) => string {
  const format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
  if (message.includes('{')) return (values) => String(format.format(values));
  // Most have nothing put in.
  const said = String(format.format());
  return () => said;
}

const OTHER_DIRECTION = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u202a-\u202e\u2066-\u2069]/;

/**
 * For pages, where what stands around a phrase is ours: names written from right to left, or with marks that
 * change the direction, do not turn it around. They stand between U+2068 and U+2069 (Unicode Standard
 * Annex 9, isolates).
 */
export function isolating(t: Translate): Translate {
  const isolate = (value: string | number) =>
    typeof value === 'string' && OTHER_DIRECTION.test(value) ? `\u2068${value}\u2069` : value;
  return (key, values = {}) =>
    t(key, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isolate(value)])));
}
