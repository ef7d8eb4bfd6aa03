import type { Locale, PartnerType, Service, Tier } from '../../domain/catalog.ts';
import type { Decks } from './deck.ts';
import type { Place } from './places/place.ts';
import type { Random } from './random.ts';

/** What a client can filter a partner by. */
export interface Offer {
  type: PartnerType;
  tier: Tier;
  services: Service[];
  languages: string[];
  locale: Locale;
}

/** 55 % agencies; of 40 partners 18 registered, 12 silver, 7 gold, 3 platinum. */
const TYPES = spread<PartnerType>({ agency: 11, freelancer: 9 });
const TIERS = spread<Tier>({ registered: 18, silver: 12, gold: 7, platinum: 3 });
const MAIN_SERVICES = spread<Service>({
  'crm-setup': 8,
  'marketing-automation': 5,
  'email-marketing': 5,
  'chatbot-development': 5,
  'landing-pages': 3,
  'sms-and-messengers': 3,
  'design-and-html-markup': 3,
  'integrations-and-api': 3,
  'consulting-and-audit': 3,
  'online-courses': 2,
});

/** How often the other services come along: CRM with nearly anything, courses seldom. */
const FURTHER_SERVICES: Record<Service, number> = {
  'crm-setup': 8,
  'marketing-automation': 5,
  'email-marketing': 5,
  'chatbot-development': 4,
  'landing-pages': 4,
  'sms-and-messengers': 3,
  'integrations-and-api': 3,
  'design-and-html-markup': 2,
  'consulting-and-audit': 2,
  'online-courses': 1,
};

/** `decks` are the country's own, so that each larger country has every type, tier and main service. */
export function offer(place: Place, decks: Decks, random: Random): Offer {
  const languages = languagesOf(place, random);
  const lusophone = ['BR', 'PT'].includes(place.country) && languages[0] === 'pt';
  return {
    type: decks.draw(TYPES),
    tier: decks.draw(TIERS),
    services: servicesOf(decks.draw(MAIN_SERVICES), random),
    languages,
    locale: lusophone ? 'pt-BR' : 'en',
  };
}

function servicesOf(main: Service, random: Random): Service[] {
  const services = [main];
  const further = Number(random.weighted({ 0: 8, 1: 26, 2: 34, 3: 22, 4: 10 }));
  while (services.length <= further) {
    const next = random.weighted(FURTHER_SERVICES);
    if (!services.includes(next)) services.push(next);
  }
  return services;
}

function languagesOf(place: Place, random: Random): string[] {
  const primary = random.weighted(place.primary);
  const others = Object.entries(place.also).filter(([code, p]) => code !== primary && random.chance(p));
  return [primary, ...others.map(([code]) => code).slice(0, 3)];
}

function spread<T extends string>(counts: Record<T, number>): readonly T[] {
  return (Object.entries(counts) as [T, number][]).flatMap(([item, count]) => Array<T>(count).fill(item));
}
