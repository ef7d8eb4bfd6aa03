import { type CatalogCursor, listPartners } from '../db/catalog-pages.ts';
import type { Database } from '../db/connect.ts';
import type { PartnerFilter } from '../db/partners.ts';
import { type Random, random } from '../db/seed/random.ts';
import { everybody } from './large-catalog.ts';

/** A listed partner, as it stands in memory. */
export interface KnownPartner {
  id: string;
  rank: number;
  /** Folded. */
  name: string;
  text: string;
  services: string[];
  country: string;
  primaryLanguage: string;
  languages: string[];
  type: string;
  tier: string;
}

/** All partners of the large catalog, in its order. */
export function knownPartners(db: Database, partners: number): Promise<KnownPartner[]> {
  return everybody(
    db,
    partners,
    `lower(name) as name, search_text as text, services, country, primary_language as "primaryLanguage", languages,
     type, tier`,
  );
}

const PAGES = 3;

/**
 * Pages of `lists` lists, beside those that a search through all partners gives; says where they differ.
 * @param make makes one filter
 */
export async function comparePages(
  db: Database,
  known: KnownPartner[],
  lists: number,
  perPage: number,
  make: (dice: Random) => PartnerFilter,
): Promise<string[]> {
  const dice = random('catalog oracle');
  const wrong: string[] = [];
  for (let list = 0; list < lists; list++) {
    const filter = make(dice);
    const expected = listOf(known, filter);
    // Half of them begin anywhere: the second page is then next to what stands there.
    let from = list % 2 === 0 || expected.length === 0 ? 0 : dice.int(0, expected.length - 1);
    for (let page = 0; page < PAGES && (from < expected.length || page === 0); page++) {
      const after = from > 0 ? placeOf(expected[from - 1], filter) : undefined;
      const got = await listPartners(db, filter, { after, limit: perPage });
      const right = expected.slice(from, from + perPage);
      if (got.map(({ id }) => id).join() !== right.map(({ id }) => id).join())
        wrong.push(`${JSON.stringify(filter)} from ${from}: ${got.length} of ${right.length} partners`);
      from += perPage;
    }
  }
  return wrong;
}

function listOf(known: KnownPartner[], { services, ...filter }: PartnerFilter): KnownPartner[] {
  const { country, language, type, tier, search } = filter;
  const listed = known.filter(
    (partner) =>
      (!country || partner.country === country) &&
      (!type || partner.type === type) &&
      (!tier || partner.tier === tier) &&
      (!search || partner.text.includes(search)) &&
      (!language || partner.languages.includes(language)) &&
      services.every((service) => partner.services.includes(service)),
  );
  if (!language) return listed;
  const first = (partner: KnownPartner) => partner.primaryLanguage === language;
  return [...listed.filter(first), ...listed.filter((partner) => !first(partner))];
}

function placeOf(partner: KnownPartner | undefined, { language }: PartnerFilter): CatalogCursor | undefined {
  return partner && { speaksFirst: partner.primaryLanguage === language, rank: partner.rank, id: partner.id };
}
