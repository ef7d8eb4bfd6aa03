import { uuidv7 } from 'uuidv7';
import type { NewRequest } from '../db/requests.ts';
import { SERVICES } from '../domain/catalog.ts';

/** Countries and languages of the bench's partners and requests; those named more than once are more frequent. */
export const COUNTRIES = ['BR', 'BR', 'BR', 'US', 'PT', 'MX', 'DE', 'ES'];
export const LANGUAGES = ['pt', 'pt', 'en', 'es', 'de'];

const TEXTS = {
  en: 'Two funnels, a form on the site and a welcome series of five mails; the price list is a spreadsheet now.',
  'pt-BR':
    'Dois funis, um formulário no site e uma série de cinco e-mails; hoje a lista de preços é uma planilha.',
};

/** One of many, by the request's number and what it is for: requests differ, runs do not. */
function pick<T>(of: readonly T[], no: number, what: number): T {
  const mixed = Math.imul(no + 1, 0x9e3779b1) ^ Math.imul(what + 1, 0x85ebca6b);
  return of[(Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 8) % of.length] as T;
}

/** What client number `no` sends: one service or two, a country or none, a language or none. */
export function bodyOf(no: number) {
  const locale = pick(['en', 'pt-BR'] as const, no, 0);
  const services = [pick(SERVICES, no, 1)];
  if (pick([true, false], no, 2)) services.push(pick(SERVICES, no, 3));
  const country = pick([undefined, pick(COUNTRIES, no, 4)], no, 5);
  const language = pick([undefined, pick(LANGUAGES, no, 6)], no, 7);
  return {
    client: { name: `Client ${no}`, email: `client-${no}@load.example`, phone: '+55 11 5555 0100', locale },
    project: {
      title: `CRM for shop ${no}`,
      description: TEXTS[locale],
      budget: { amount: '1500.00', currency: 'BRL' },
    },
    criteria: {
      services: [...new Set(services)],
      ...(country && { country }),
      ...(language && { language }),
    },
    consent: true,
  };
}

/** The same as the row that intake makes of it. */
export function rowOf({ client, project, criteria }: ReturnType<typeof bodyOf>): NewRequest {
  return {
    id: uuidv7(),
    mode: 'automated',
    client: { ...client, company: null },
    project: { ...project, deadline: null },
    criteria: {
      services: criteria.services,
      country: criteria.country ?? null,
      language: criteria.language ?? null,
      partnerType: null,
      tier: null,
    },
    partnerId: null,
    consentVersion: 'bench',
  };
}
