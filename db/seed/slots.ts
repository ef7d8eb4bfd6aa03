import type { Decks } from './deck.ts';
import type { Offer } from './offer.ts';
import type { Random } from './random.ts';
import type { ProfileWords } from './words/words.ts';

/** Cities that Portuguese gives an article: em Lisboa, but no Porto. */
const MASCULINE_CITIES = ['Rio de Janeiro', 'Porto'];
const ENGLISH_CITIES: Record<string, string> = { Lisboa: 'Lisbon' };

/** A partner as far as its page's text depends on it. */
export type Portrayed = Offer & { city: string; country: string; capacity: number | null };

/** What the patterns of one partner's page are filled with: the same industry and year throughout. */
export function slots(partner: Portrayed, words: ProfileWords, decks: Decks, random: Random) {
  const [main, second = main] = partner.services;
  if (!main || !second) throw new Error('a partner without services');
  const industry = decks.draw(words.industries, partner.country === 'PT' ? 'ONGs' : undefined);
  const other = random.pick(words.industries.filter((name) => name !== industry && name !== 'ONGs'));
  return {
    city: partner.locale === 'en' ? (ENGLISH_CITIES[partner.city] ?? partner.city) : partner.city,
    industry,
    other,
    work: words.work[main],
    short: words.short[main],
    second: words.short[second],
    year: random.int(2011, 2022),
    n: random.pick(words.teams),
    limit: partner.capacity ?? '',
    languages: languageNames(partner.languages, partner.locale),
  };
}

function languageNames(codes: readonly string[], locale: string): string {
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  const list = new Intl.ListFormat(locale, { type: 'disjunction' });
  return list.format(codes.map((code) => names.of(code) ?? code));
}

/** Sets the article of the city where Portuguese wants one. */
export function withArticle(text: string, { city, locale }: Portrayed): string {
  if (locale === 'en' || !MASCULINE_CITIES.includes(city)) return text;
  return text.replace(` em ${city}`, ` no ${city}`).replace(` de ${city}`, ` do ${city}`);
}
