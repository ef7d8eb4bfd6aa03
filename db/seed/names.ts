import type { PartnerType } from '../../domain/catalog.ts';
import type { Decks } from './deck.ts';
import type { Place } from './places/place.ts';
import { render } from './render.ts';

/** The name of an invented company or person of this country. */
export function partnerName(place: Place, type: PartnerType, decks: Decks): string {
  if (type === 'freelancer') return `${decks.draw(place.given)} ${decks.draw(place.family)}`;
  return companyName(place, decks);
}

function companyName(place: Place, decks: Decks): string {
  const pattern = decks.draw(place.companies);
  if (pattern.includes('{word}')) return render(pattern, 'agency', { word: decks.draw(place.words) });
  const family = decks.draw(place.family);
  const partner = decks.draw(place.family, family);
  return render(pattern, 'agency', { family, partner });
}
