import type { Decks } from './deck.ts';
import type { Random } from './random.ts';
import { render } from './render.ts';
import { type Portrayed, slots, withArticle } from './slots.ts';
import { ENGLISH } from './words/en/profile.ts';
import { PORTUGUESE } from './words/pt/profile.ts';
import type { ProfileWords } from './words/words.ts';

type Part = 'opener' | 'main' | 'second' | 'habit' | 'closer';

/** The orders in which sentences follow one another. */
const SHAPES: readonly (readonly Part[])[] = [
  ['opener', 'main', 'habit'],
  ['opener', 'main', 'closer'],
  ['opener', 'main', 'second'],
  ['opener', 'main', 'second', 'closer'],
  ['opener', 'habit', 'closer'],
  ['opener', 'main', 'habit', 'closer'],
  ['main', 'opener', 'closer'],
  ['main', 'second', 'habit', 'closer'],
  ['main', 'opener', 'habit'],
  ['opener', 'second', 'main', 'habit'],
  ['opener', 'main'],
  ['opener', 'second', 'closer'],
];

/** Matters of Brazilian law and paper, out of place in Portugal. */
const BRAZILIAN = /LGPD|boleto|nota fiscal|ONGs/i;

/** Shortest and longest text about a partner, in characters. */
const ABOUT_LENGTH = { min: 110, max: 600 };
const TITLE_LENGTH = { min: 10, max: 70 };

export interface Profile {
  title: string;
  about: string;
}

/**
 * Writes title and text of a partner's page in its locale. `usedTitles` is added to; a title comes a second
 * time only in catalogs far larger than the default.
 */
export function profile(partner: Portrayed, usedTitles: Set<string>, decks: Decks, random: Random): Profile {
  const words = partner.locale === 'pt-BR' ? PORTUGUESE : ENGLISH;
  const draw = (list: readonly string[]): string => {
    const text = decks.draw(list);
    return partner.country === 'PT' && BRAZILIAN.test(text) ? draw(list) : text;
  };
  const values = slots(partner, words, decks, random);
  const fill = (pattern: string) => withArticle(render(pattern, partner.type, values), partner);
  const unused = (text: string) => !usedTitles.has(text);

  const title = attempt(TITLE_LENGTH, unused, () => fill(draw(titles(partner, words, random))));
  usedTitles.add(title);
  const sentences = sentencesOf(partner, words, draw, random);
  const about = attempt(ABOUT_LENGTH, distinctSentences, () => {
    const texts = decks.draw(SHAPES).map((part) => fill(sentences[part]()));
    if (partner.capacity === null) return texts.join(' ');
    return [...texts.slice(0, 3), fill(words.capacity)].join(' ');
  });
  return { title, about };
}

function titles({ services }: Portrayed, words: ProfileWords, random: Random): readonly string[] {
  const [main = 'crm-setup', second] = services;
  return second && random.chance(0.3) ? words.pairTitles : words.titles[main];
}

function sentencesOf(
  { type, services, languages }: Portrayed,
  words: ProfileWords,
  draw: (list: readonly string[]) => string,
  random: Random,
): Record<Part, () => string> {
  const [main = 'crm-setup', second] = services;
  const multilingual = () => languages.length > 1 && random.chance(0.4);
  return {
    opener: () => draw(type === 'agency' ? words.agencyOpeners : words.freelancerOpeners),
    main: () => draw(words.details[main]),
    second: () => draw(second ? words.details[second] : words.habits),
    habit: () => draw(words.habits),
    closer: () => draw(multilingual() ? words.languageClosers : words.closers),
  };
}

const distinctSentences = (text: string) => {
  const sentences = text.split(/(?<=[.?!]) /);
  return new Set(sentences).size === sentences.length;
};

/** The first of 30 texts that is of a good length and good otherwise; else the last one. */
function attempt(
  length: { min: number; max: number },
  good: (text: string) => boolean,
  write: () => string,
): string {
  let text = '';
  for (let i = 0; i < 30; i++) {
    text = write();
    if (text.length >= length.min && text.length <= length.max && good(text)) return text;
  }
  return text;
}
