import { knownByThrees } from './partner-names.ts';
import type { FilterCounts, PartnerFilter } from './partners.ts';

/** So many listed partners are looked at in the catalog's order before a page is asked for in another way. */
export const WALKED = 5_000;

/** How a page of the catalog is looked for. */
export interface Way {
  /** Along all partners, along some, or not at all. */
  walk: 'all' | 'some' | 'none';
  /** Who are looked up without a walk, or after one in vain: those known by name, or who have these facets. */
  by: { holders: string[] } | { facets: Partial<PartnerFilter> };
}

/**
 * What a walk will meet, by the catalog's counts: among the best partners as much of a facet as among all. What is so
 * rare that a page of it is not met is looked up at once; the index has it alone, for more would be more to read.
 */
export function foresee(counts: FilterCounts, filter: PartnerFilter, limit: number): Way {
  const { services, country, language, type, tier, search } = filter;
  const along = country ? (counts.countries[country] ?? 0) : counts.total;
  if (along <= WALKED) return { walk: 'all', by: { facets: filter } };
  const asked = [
    ...services.map((slug) => ({ n: counts.services[slug], facets: { services: [slug] } })),
    ...(language ? [{ n: counts.languages[language], facets: { language } }] : []),
    ...(type ? [{ n: counts.types[type], facets: { type } }] : []),
    ...(tier ? [{ n: counts.tiers[tier], facets: { tier } }] : []),
  ];
  const rare = asked
    .filter(({ n = 0 }) => n * WALKED < limit * counts.total)
    .sort((a, b) => (a.n ?? 0) - (b.n ?? 0));
  if (rare[0]) return { walk: 'none', by: { facets: rare[0].facets } };
  // Words that no index knows are found along the way, however far it is.
  return { walk: search && !knownByThrees(search) ? 'all' : 'some', by: { facets: filter } };
}
