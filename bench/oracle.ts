import { countEligible, ELIGIBLE_COUNTED, findCandidates, type Search } from '../db/candidates.ts';
import type { Database } from '../db/connect.ts';
import { type Random, random } from '../db/seed/random.ts';
import { CANDIDATES } from '../domain/matching.ts';

interface Known {
  id: string;
  rank: number;
  services: string[];
  country: string;
  primaryLanguage: string;
  languages: string[];
  type: string;
  tier: string;
  open: boolean;
}

/** Searches that are asked together: as in a batch of requests. */
const TOGETHER = 50;

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
  const known = await everybody(db, partners);
  const dice = random('oracle');
  const wrong: string[] = [];
  for (let done = 0; done < searches; done += TOGETHER) {
    const batch = new Map(
      Array.from({ length: Math.min(TOGETHER, searches - done) }, () => make(dice)).map((each) => [
        each.requestId,
        each,
      ]),
    );
    const found = await findCandidates(db, [...batch.values()]);
    const counts = await countEligible(db, [...batch.values()]);
    for (const search of batch.values()) {
      const { candidates, eligible } = searchAll(known, search);
      const got = found.filter(({ requestId }) => requestId === search.requestId).map(({ id }) => id);
      if (got.join() !== candidates.join() || counts.get(search.requestId) !== eligible)
        wrong.push(
          `${JSON.stringify(search)}: ${got.length} candidates, ${counts.get(search.requestId)} eligible`,
        );
    }
  }
  return wrong;
}

/** In the order of the catalog, so that the first ones found are the best. */
async function everybody(db: Database, partners: number): Promise<Known[]> {
  const all: Known[] = [];
  for (let from = 1; from <= partners; from += 50_000)
    all.push(
      ...(await db.query<Known>(
        `select id, rank, services, country, primary_language as "primaryLanguage", languages, type, tier,
           listed and accepting and (capacity is null or live_leads < capacity) as open
         from partners
         where id in (select md5('partner ' || no)::uuid from generate_series($1::int, $2::int) as no)`,
        [from, from + 49_999],
      )),
    );
  if (all.length !== partners) throw new Error(`${all.length} partners of ${partners}`);
  return all.sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1));
}

function searchAll(known: Known[], search: Search): { candidates: string[]; eligible: number } {
  const first: string[] = [];
  const others: string[] = [];
  let eligible = 0;
  for (const partner of known) {
    if (!partner.open) continue;
    if (search.country && partner.country !== search.country) continue;
    if (search.partnerType && partner.type !== search.partnerType) continue;
    if (search.tier && partner.tier !== search.tier) continue;
    if (search.language && !partner.languages.includes(search.language)) continue;
    if (!search.services.every((service) => partner.services.includes(service))) continue;
    eligible += 1;
    const list = partner.primaryLanguage === search.language ? first : others;
    if (list.length < CANDIDATES) list.push(partner.id);
  }
  return {
    candidates: [...first, ...others].slice(0, CANDIDATES),
    eligible: Math.min(eligible, ELIGIBLE_COUNTED),
  };
}
