import type { PartnerFilter } from '../../../db/partners.ts';
import { fold } from '../../../domain/fold.ts';
import { partnersQuery } from '../../schemas.ts';
import { knownParts } from '../known-parts.ts';

/** What the catalog's address asks for. */
export interface CatalogQuery {
  services: string[];
  country?: string | undefined;
  language?: string | undefined;
  type?: string | undefined;
  tier?: string | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
  /** Something in the address is unknown, and was left out. */
  flawed: boolean;
}

const FIELDS = ['services', 'country', 'language', 'type', 'tier', 'q', 'cursor'] as const;

/** Reads the address of a catalog page: `services` may come several times (a form) or once, with commas. */
export function readCatalogQuery(query: Record<string, unknown>): CatalogQuery {
  const given: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const values = [query[field] ?? []].flat().filter((value) => value !== '');
    if (values.length > 0) given[field] = field === 'services' ? values.join(',') : values[0];
  }
  const { known, flawed } = knownParts(partnersQuery, given);
  return pick(known, flawed);
}

function pick(
  parsed: Omit<CatalogQuery, 'flawed' | 'services'> & { services?: string[] | undefined },
  flawed: boolean,
) {
  const { services = [], country, language, type, tier, q, cursor } = parsed;
  return {
    services: [...new Set(services)],
    country,
    language,
    type,
    tier,
    q: q || undefined,
    cursor,
    flawed,
  };
}

export function filterOf({ services, country, language, type, tier, q }: CatalogQuery): PartnerFilter {
  return { services, country, language, type, tier, search: q && fold(q) };
}

/** The shortest address of a page of the catalog: what is shared, and what the address bar shows. */
export function catalogPath(query: Partial<CatalogQuery>, path = '/'): string {
  const parts = FIELDS.flatMap((field) => {
    const value = field === 'services' ? query.services?.join(',') : query[field];
    // Commas and letters stay readable.
    return value ? [`${field}=${encodeURIComponent(value).replaceAll('%2C', ',')}`] : [];
  });
  return parts.length > 0 ? `${path}?${parts.join('&')}` : path;
}
