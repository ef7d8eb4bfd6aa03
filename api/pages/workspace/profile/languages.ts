import type { Locale } from '../../../../domain/catalog.ts';
import { isLanguage } from '../../../../domain/countries.ts';
import { fold } from '../../../../domain/fold.ts';
import { languageName } from '../../../../locales/names.ts';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** Every language with a code of two letters; the rarer ones with three are known by code alone. */
const CODES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(isLanguage);

const byNames = new Map<Locale, Map<string, string>>();

/** The codes by their folded names in a language. */
function codesByName(locale: Locale): Map<string, string> {
  let codes = byNames.get(locale);
  if (!codes) {
    codes = new Map(CODES.map((code) => [fold(languageName(locale, code)), code]));
    byNames.set(locale, codes);
  }
  return codes;
}

/** What is written between commas, each as a code: `Basque, mt` is `eu` and `mt`. What nobody knows stays as it is. */
export function languagesIn(locale: Locale, text: string): string[] {
  const words = text.split(/[,;\n]/).map((word) => word.trim());
  return words.filter(Boolean).map((word) => codesByName(locale).get(fold(word)) ?? codeOf(word));
}

function codeOf(word: string): string {
  const code = word.toLowerCase();
  return isLanguage(code) ? code : word;
}
