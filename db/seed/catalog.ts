import { fold } from '../../domain/fold.ts';
import { type Decks, decks } from './deck.ts';
import { seedId } from './ids.ts';
import { partnerName } from './names.ts';
import { type Offer, offer } from './offer.ts';
import type { SeedPartner } from './partner.ts';
import type { Place } from './places/place.ts';
import { placesInTurn } from './places/places.ts';
import { profile } from './profile.ts';
import { random } from './random.ts';
import { slug, uniqueNames } from './slug.ts';

export type { SeedPartner } from './partner.ts';

/** Partner 0's id is of this instant, partner 1's of a minute later, and so on. */
const FIRST_PARTNER = Date.UTC(2024, 0, 1);
const MINUTE = 60_000;

/** The two partners with a limit: freelancers without CRM, away from the most popular search. */
const LIMITED = { en: 2, 'pt-BR': 3 } as const;
/** The first ones stay unlimited, so that small catalogs have such partners too. */
const FIRST_LIMITED = 20;

/** One partner in 33 takes no new projects. */
const pausing = (index: number) => index % 33 === 17;

/** The catalog's partners, the same ones every time; a longer catalog begins like a shorter one. */
export function seedPartners(count: number): SeedPartner[] {
  const namesOf = decksByCountry('names');
  const offersOf = decksByCountry('offers');
  const texts = decks(random('texts'));
  const usedTitles = new Set<string>();
  const usedNames = new Set<string>();
  const uniqueSlug = uniqueNames('-');
  const limited = limits();

  return placesInTurn(count).map((place, index) => {
    const chance = random(`partner ${index}`);
    const cards = namesOf(place);
    const offered = offer(place, offersOf(place), chance);
    const name = unusedName(place, offered, cards, usedNames);
    const path = uniqueSlug(slug(name));
    const capacity = limited(offered, index);
    const city = cards.draw(place.cities);
    const words = profile({ ...offered, city, country: place.country, capacity }, usedTitles, texts, chance);
    return {
      id: seedId(FIRST_PARTNER + index * MINUTE, chance),
      slug: path,
      ...words,
      name,
      ...offered,
      country: place.country,
      primaryLanguage: offered.languages[0] ?? 'en',
      email: `${cards.draw(place.mailboxes)}@${path}.example`,
      accepting: !pausing(index),
      capacity,
      searchText: fold(`${words.title} ${name}`),
    };
  });
}

/** Decks of each country's own, so that the partners of one country do not depend on those of another. */
function decksByCountry(purpose: string): (place: Place) => Decks {
  const byCountry = new Map<string, Decks>();
  return ({ country }) => {
    const own = byCountry.get(country) ?? decks(random(`${purpose} ${country}`));
    byCountry.set(country, own);
    return own;
  };
}

/** Says which partner has a capacity: once per locale, the first that fits. */
function limits(): (offered: Offer, index: number) => number | null {
  const left = new Set(Object.keys(LIMITED));
  return ({ type, services, locale }, index) => {
    if (index < FIRST_LIMITED || pausing(index) || type === 'agency' || services.includes('crm-setup'))
      return null;
    return left.delete(locale) ? LIMITED[locale] : null;
  };
}

/** Draws until the name is new; large catalogs run out of names and take one twice, with another slug. */
function unusedName(place: Place, { type }: Offer, cards: Decks, used: Set<string>): string {
  let name = partnerName(place, type, cards);
  for (let i = 0; i < 20 && used.has(name); i++) name = partnerName(place, type, cards);
  used.add(name);
  return name;
}
