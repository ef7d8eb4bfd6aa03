import { BRAZIL } from './brazil.ts';
import { INDIA, POLAND, TURKEY, UKRAINE } from './eastern.ts';
import { UNITED_KINGDOM, UNITED_STATES } from './english.ts';
import type { Place } from './place.ts';
import { PORTUGAL } from './portugal.ts';
import { ARGENTINA, CHILE, COLOMBIA, MEXICO, SPAIN } from './spanish.ts';
import { FRANCE, GERMANY, ITALY } from './western.ts';

const PLACES: readonly Place[] = [
  ...[BRAZIL, UNITED_STATES, PORTUGAL, UNITED_KINGDOM, SPAIN, POLAND, UKRAINE, MEXICO, COLOMBIA, ARGENTINA],
  ...[GERMANY, ITALY, INDIA, TURKEY, CHILE, FRANCE],
];

const BY_COUNTRY = new Map(PLACES.map((place) => [place.country, place]));

/** The words of a country that seeded partners come from. */
export function placeOf(country: string): Place {
  const place = BY_COUNTRY.get(country);
  if (!place) throw new Error(`no seeded partner comes from ${country}`);
  return place;
}

/**
 * Countries in turn, each as often as its weight, smoothly mixed: among any 10 neighbours about 3 from
 * Brazil, and exactly the weights after 320.
 */
export function placesInTurn(count: number): Place[] {
  const total = PLACES.reduce((sum, place) => sum + place.weight, 0);
  const credit = new Map<Place, number>();
  const richer = (a: Place, b: Place) => ((credit.get(b) ?? 0) > (credit.get(a) ?? 0) ? b : a);
  return Array.from({ length: count }, () => {
    for (const place of PLACES) credit.set(place, (credit.get(place) ?? 0) + place.weight);
    const next = PLACES.reduce(richer);
    credit.set(next, (credit.get(next) ?? 0) - total);
    return next;
  });
}
