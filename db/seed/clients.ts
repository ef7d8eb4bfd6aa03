import type { Locale, Service } from '../../domain/catalog.ts';
import type { Decks } from './deck.ts';
import type { SeedPartner } from './partner.ts';
import { BRAZIL } from './places/brazil.ts';
import type { Place } from './places/place.ts';
import { placeOf } from './places/places.ts';
import type { Random } from './random.ts';
import { capital, render } from './render.ts';
import { slug } from './slug.ts';
import { ENGLISH_CLIENT } from './words/en/client.ts';
import { PORTUGUESE_CLIENT } from './words/pt/client.ts';
import type { ClientWords } from './words/words.ts';

/** An invented client with a project for one partner. */
export interface Client {
  locale: Locale;
  given: string;
  name: string;
  /** As reviews are signed: `Ana S.` */
  shortName: string;
  email: string;
  phone: string | null;
  company: string | null;
  place: Place;
  service: Service;
  project: { title: string; description: string };
}

export const clientWords = (locale: Locale): ClientWords =>
  locale === 'pt-BR' ? PORTUGUESE_CLIENT : ENGLISH_CLIENT;

/** Gives each client a mailbox of its own: `uniqueMailbox('ana.souza')` may be `ana.souza2`. */
export type UniqueMailbox = (wish: string) => string;

export function client(
  partner: SeedPartner,
  uniqueMailbox: UniqueMailbox,
  decks: Decks,
  random: Random,
): Client {
  const locale = localeFor(partner, random);
  const home = placeOf(partner.country);
  const place = locale === 'pt-BR' && home.country !== 'PT' ? BRAZIL : home;
  const given = decks.draw(place.given, partner.name.split(' ')[0]);
  const family = random.pick(place.family);
  const words = clientWords(locale);
  const service = random.chance(0.55) ? (partner.services[0] ?? 'crm-setup') : random.pick(partner.services);
  const pattern = random.pick(words.projects[service]);
  const business = random.pick(words.businesses.filter(({ kind }) => pattern.for?.includes(kind) ?? true));
  const wish = random.chance(0.6) ? ` ${random.pick(words.wishes)}` : '';
  return {
    locale,
    given,
    name: `${given} ${family}`,
    shortName: `${given} ${family.charAt(0)}.`,
    email: `${uniqueMailbox(`${slug(given)}.${slug(family)}`)}@clients.example`,
    phone: random.chance(0.4) ? `${place.dial} 555 01${random.int(10, 99)}` : null,
    company: random.chance(0.8) ? render(business.company, 'agency', { given, family }) : null,
    place,
    service,
    project: {
      title: pattern.title,
      description: capital(render(pattern.description, 'agency', { trade: business.trade })) + wish,
    },
  };
}

/** Nearly all clients of Brazilian and Portuguese profiles write Portuguese; elsewhere a few do, if they can. */
function localeFor(partner: SeedPartner, random: Random): Locale {
  const share = partner.locale === 'pt-BR' ? 0.95 : partner.languages.includes('pt') ? 0.2 : 0;
  return random.chance(share) ? 'pt-BR' : 'en';
}
