import type { PartnerType } from '../../domain/catalog.ts';
import { type Client, clientWords } from './clients.ts';
import type { Decks } from './deck.ts';
import type { Random } from './random.ts';
import { render } from './render.ts';

type Part = 'delighted' | 'praise' | 'manner' | 'thanks' | 'content' | 'but';

/** What comments of four and five stars are made of, short ones included. */
const FIVE: readonly (readonly Part[])[] = [
  ['delighted'],
  ['manner'],
  ['delighted', 'praise'],
  ['delighted', 'manner'],
  ['praise', 'manner'],
  ['manner', 'praise'],
  ['praise', 'thanks'],
  ['manner', 'thanks'],
  ['delighted', 'praise', 'manner'],
  ['praise', 'manner', 'thanks'],
  ['delighted', 'manner', 'thanks'],
];
const FOUR: readonly (readonly Part[])[] = [
  ['content', 'but'],
  ['praise', 'but'],
  ['content', 'manner'],
  ['content', 'praise', 'but'],
  ['manner', 'praise'],
  ['content', 'praise'],
];

/** Who is reviewed: a team, or a person by first name. */
export interface Reviewed {
  type: PartnerType;
  name: string;
}

/** Stars around the partner's own quality (a mean near 4.5), and now and then a project that went wrong. */
export function rating(quality: number, random: Random): number {
  if (random.chance(0.03)) return random.int(1, 3);
  return Math.min(5, Math.max(1, Math.round(random.bell(quality + 0.22, 0.65))));
}

/** A client's words for this many stars, in the client's language. `decks` are the partner's own. */
export function comment(stars: number, client: Client, reviewed: Reviewed, decks: Decks): string {
  const words = clientWords(client.locale);
  const slots = { who: who(client.locale, reviewed) };
  if (stars <= 2) return render(decks.draw(words.unhappy), reviewed.type, slots);
  if (stars === 3) return render(decks.draw(words.mixed), reviewed.type, slots);
  const parts = decks.draw(stars === 5 ? FIVE : FOUR);
  const texts = parts.map((part) =>
    decks.draw(part === 'praise' ? words.praise[client.service] : words[part]),
  );
  return texts.map((text) => render(text, reviewed.type, slots)).join(' ');
}

/** The partner's answer to a review, in the client's language. */
export function reply(stars: number, client: Client, reviewed: Reviewed, decks: Decks): string {
  const words = clientWords(client.locale);
  return render(decks.draw(stars >= 4 ? words.replies : words.sorry), reviewed.type, {
    client: client.given,
  });
}

function who(locale: string, { type, name }: Reviewed): string {
  if (type === 'freelancer') return name.split(' ')[0] ?? name;
  return locale === 'pt-BR' ? 'a equipe' : 'the team';
}
