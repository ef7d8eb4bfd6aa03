import { type Eligible, findEligible, type Search } from '../db/candidates.ts';
import type { Database } from '../db/connect.ts';
import { type Random, random } from '../db/seed/random.ts';
import { CANDIDATES } from '../domain/matching.ts';
import { everybody } from './large-catalog.ts';

/**
 * The open partners in the order of the catalog, a column each: a million are compared in milliseconds. Texts are
 * numbers; of services and languages, each is a bit.
 */
interface Catalog {
  ids: string[];
  services: Uint32Array;
  languages: Uint32Array;
  primary: Uint32Array;
  country: Uint32Array;
  type: Uint32Array;
  tier: Uint32Array;
}

/** Searches that are asked together: as in a batch of requests. */
const TOGETHER = 20;

/**
 * Asks Postgres and searches all partners in memory for the same; says where they differ.
 * @param make makes one search
 */
export async function compareWithOracle(
  db: Database,
  partners: number,
  searches: number,
  make: (dice: Random) => Search,
): Promise<string[]> {
  const known = await openPartners(db, partners);
  const dice = random('oracle');
  const wrong: string[] = [];
  for (let done = 0; done < searches; done += TOGETHER) {
    const batch = new Map(
      Array.from({ length: Math.min(TOGETHER, searches - done) }, () => make(dice)).map((each) => [
        each.requestId,
        each,
      ]),
    );
    const found = await findEligible(db, [...batch.values()]);
    for (const search of batch.values()) {
      const problem = difference(found.get(search.requestId), searchAll(known, search));
      if (problem) wrong.push(`${JSON.stringify(search)}: ${problem}`);
    }
  }
  return wrong;
}

function difference(
  found: Eligible | undefined,
  asIs: { candidates: string[]; count: number },
): string | undefined {
  if (!found) return 'no answer';
  const { candidates, count, orMore } = found;
  if (candidates.map(({ id }) => id).join() !== asIs.candidates.join())
    return `${candidates.length} candidates, others than the ${asIs.candidates.length} that are`;
  if (orMore ? count > asIs.count : count !== asIs.count)
    return `${count}${orMore ? ' or more' : ''} eligible, in truth ${asIs.count}`;
  return undefined;
}

interface Row {
  id: string;
  rank: number;
  open: boolean;
  services: string[];
  languages: string[];
  primary: string;
  country: string;
  type: string;
  tier: string;
}

async function openPartners(db: Database, partners: number): Promise<Catalog> {
  const rows = await everybody<Row>(
    db,
    partners,
    `services, languages, primary_language as primary, country, type, tier,
     listed and accepting and (capacity is null or live_leads < capacity) as open`,
  );
  const open = rows.filter((row) => row.open);
  const column = (of: (row: Row) => number) => Uint32Array.from(open, of);
  return {
    ids: open.map(({ id }) => id),
    services: column((row) => bitsOf(row.services)),
    languages: column((row) => bitsOf(row.languages)),
    primary: column((row) => bitsOf([row.primary])),
    country: column((row) => numberOf(row.country)),
    type: column((row) => numberOf(row.type)),
    tier: column((row) => numberOf(row.tier)),
  };
}

const numbers = new Map<string, number>();

function numberOf(text: string): number {
  const known = numbers.get(text) ?? numbers.size;
  numbers.set(text, known);
  return known;
}

const bits = new Map<string, number>();

function bitsOf(texts: string[]): number {
  let all = 0;
  for (const text of texts) {
    const bit = bits.get(text) ?? bits.size;
    if (bit > 31) throw new Error('more services and languages than there are bits');
    bits.set(text, bit);
    all |= 1 << bit;
  }
  return all >>> 0;
}

function searchAll(catalog: Catalog, search: Search): { candidates: string[]; count: number } {
  const { ids, services, languages, primary, country, type, tier } = catalog;
  const wanted = bitsOf(search.services);
  const language = bitsOf(search.language ? [search.language] : []);
  const inCountry = search.country && numberOf(search.country);
  const ofType = search.partnerType && numberOf(search.partnerType);
  const ofTier = search.tier && numberOf(search.tier);
  const [first, others]: [string[], string[]] = [[], []];
  let count = 0;
  for (let no = 0; no < ids.length; no++) {
    if (((services[no] ?? 0) & wanted) >>> 0 !== wanted) continue;
    if (inCountry !== null && country[no] !== inCountry) continue;
    if (ofType !== null && type[no] !== ofType) continue;
    if (ofTier !== null && tier[no] !== ofTier) continue;
    if (((languages[no] ?? 0) & language) >>> 0 !== language) continue;
    count += 1;
    const list = language !== 0 && primary[no] === language ? first : others;
    if (list.length < CANDIDATES) list.push(ids[no] ?? '');
  }
  return { candidates: [...first, ...others].slice(0, CANDIDATES), count };
}
