import { CANDIDATES } from '../domain/matching.ts';
import type { Sql } from './connect.ts';
import { binding, byFacets } from './partners.ts';

/** Whom to look for on behalf of one request. */
export interface Search {
  requestId: string;
  services: string[];
  country: string | null;
  language: string | null;
  partnerType: string | null;
  tier: string | null;
  /** Partners that have this request already. */
  asked: string[];
}

export interface CandidateRow {
  id: string;
  rank: number;
  liveLeads: number;
  capacity: number | null;
  speaksFirst: boolean;
  completedProjects: number;
  reviewCount: number;
  ratingSum: number;
}

/** Who is eligible for a request. */
export interface Eligible {
  /** The best, in catalog order, at most `CANDIDATES`. */
  candidates: CandidateRow[];
  /** How many there are. With `orMore`, at least so many: in a large catalog nobody counts to the end. */
  count: number;
  orMore: boolean;
}

/** So many open partners are looked at in catalog order; where some are met and too few, so many. */
const WALKED = 1_000;
const WALKED_ON = 20_000;
/** Met on a walk, it is worth to go on: else there are so few in all that they are looked up sooner than met. */
const SOME = 2;
/** Where no more partners are listed than this, all who are eligible are counted. */
const COUNTED = 1_000;

/**
 * Who is eligible for each search, by request.
 *
 * Most searches are met by the best few partners, so one statement walks along them for all searches, in the order
 * of the result, and stops. Only what has not found enough when the walk ends is asked for again: on a longer walk,
 * or, where hardly anybody was met, by what partners offer.
 */
export async function findEligible(sql: Sql, searches: Search[]): Promise<Map<string, Eligible>> {
  const found = new Map<string, Eligible>();
  let open = searches;
  for (const { walked, statement } of WALKS) {
    const walks = open.length > 0 ? await walk(sql, open, statement) : undefined;
    const onward: Search[] = [];
    for (const search of open) {
      const met = walks?.get(search.requestId) ?? NOBODY;
      if (met.rare) found.set(search.requestId, await lookUp(sql, search));
      else if (isEnough(search, met) || !(await goesOn(sql, search, met, walked)))
        found.set(search.requestId, eligibleOf(met));
      else if (walked < WALKED_ON && met.candidates.length >= SOME) onward.push(search);
      else found.set(search.requestId, await lookUp(sql, search));
    }
    open = onward;
  }
  return found;
}

/** With a language, whoever speaks it first comes before all others, also from beyond the walk's end. */
function isEnough({ language }: Search, { candidates }: Walk): boolean {
  const first = language ? candidates.filter(({ speaksFirst }) => speaksFirst) : candidates;
  return first.length === CANDIDATES;
}

function eligibleOf({ candidates, counted }: Walk): Eligible {
  const orMore = counted === null && candidates.length === CANDIDATES;
  return { candidates, count: counted ?? candidates.length, orMore };
}

interface Walk {
  candidates: CandidateRow[];
  /** How many partners the walk may have had before it: of all countries, or of the one asked for. */
  listed: number;
  /** null: too many to count. */
  counted: number | null;
  /** So few offer a service that nobody walked. */
  rare: boolean;
}
const NOBODY: Walk = { candidates: [], listed: 0, counted: 0, rare: false };

const SEARCHES = `jsonb_to_recordset($1) as s (no int, request_id uuid, services text[], country text,
  language text, partner_type text, tier text, asked uuid[])`;

/** That a partner `p` meets a search `s`, but for its country and language. */
const MEETS = `p.services @> s.services and (s.partner_type is null or p.type = s.partner_type)
  and (s.tier is null or p.tier = s.tier) and p.id <> all (s.asked)`;

const CANDIDATE = `p.id, p.rank, p.live_leads as "liveLeads", p.capacity,
  coalesce(p.primary_language = s.language, false) as "speaksFirst",
  p.completed_projects as "completedProjects", p.review_count as "reviewCount", p.rating_sum as "ratingSum"`;

/** One way of the walk. Its condition on the search is looked at before the first partner is. */
function along(walked: number, when: string, place: string, language: string): string {
  return `(select p.id from (
      select * from partners p where open ${place} order by rank desc, id limit ${walked}) as p
    where not rare and ${when} and ${language} and ${MEETS} limit ${CANDIDATES})`;
}

const IN_COUNTRY = 'and p.country = s.country';
const SPEAKS_FIRST = 'p.primary_language = s.language';
const SPEAKS_TOO =
  '(s.language is null or p.primary_language <> s.language and s.language = any (p.languages))';

const count = (place: string) => `(
    select count(*)::int from partners p
    where open ${place} and (s.language is null or s.language = any (p.languages)) and ${MEETS})`;

const walkStatement = (walked: number) => `
select s.request_id as "requestId", coalesce(c.n, 0) as listed, rare, found.*,
  case when coalesce(c.n, 0) > ${COUNTED} then null
    when s.country is null then ${count('')} else ${count(IN_COUNTRY)} end as counted
from ${SEARCHES}
left join catalog_counts c
  on c.facet = case when s.country is null then 'all' else 'countries' end and c.value = coalesce(s.country, '')
cross join lateral (
  select exists (
    select from catalog_counts f, catalog_counts everybody
    where f.facet = 'services' and f.value = any (s.services) and everybody.facet = 'all'
      and everybody.n > ${WALKED} and f.n::float8 * ${WALKED} < ${CANDIDATES} * everybody.n) as rare) as foreseen
left join lateral (
  select ${CANDIDATE}
  from (${along(walked, 's.country is not null and s.language is not null', IN_COUNTRY, SPEAKS_FIRST)}
    union all ${along(walked, 's.country is null and s.language is not null', '', SPEAKS_FIRST)}
    union all ${along(walked, 's.country is not null', IN_COUNTRY, SPEAKS_TOO)}
    union all ${along(walked, 's.country is null', '', SPEAKS_TOO)}
    limit ${CANDIDATES}) as best
  join partners p on p.id = best.id) as found on true
order by s.no, found."speaksFirst" desc, found.rank desc, found.id`;

const WALKS = [WALKED, WALKED_ON].map((walked) => ({ walked, statement: walkStatement(walked) }));

async function walk(sql: Sql, searches: Search[], statement: string): Promise<Map<string, Walk>> {
  const inOrder = searches.map((search, no) => ({
    ...search,
    no,
    request_id: search.requestId,
    partner_type: search.partnerType,
  }));
  type Row = Omit<Walk, 'candidates'> & { requestId: string } & (CandidateRow | { id: null });
  const rows = await sql.query<Row>(statement, [JSON.stringify(inOrder)]);
  const walks = new Map<string, Walk>();
  for (const { requestId, listed, counted, rare, ...candidate } of rows) {
    const known = walks.get(requestId) ?? { candidates: [], listed, counted, rare };
    if (candidate.id !== null) known.candidates.push(candidate);
    walks.set(requestId, known);
  }
  return walks;
}

/** Whether there are open partners beyond the walk's end. */
async function goesOn(sql: Sql, { country }: Search, { listed }: Walk, walked: number): Promise<boolean> {
  if (listed <= walked) return false;
  const beyond = await sql.query(
    `select from partners where open ${country ? 'and country = $1' : ''} order by rank desc, id
     limit 1 offset ${walked}`,
    country ? [country] : [],
  );
  return beyond.length > 0;
}

/**
 * Everybody who is eligible, found by what they offer and sorted afterwards. `offset 0`: the planner is not to take
 * the way that has just been walked.
 */
async function lookUp(sql: Sql, search: Search): Promise<Eligible> {
  const { values, bind } = binding();
  const { services, country, language, partnerType, tier, asked } = search;
  const wishes = { services, country, language, type: partnerType, tier };
  const where = ['p.listed', 'p.open', `p.id <> all (${bind(asked)}::uuid[])`, ...byFacets(wishes, bind)];
  const rows = await sql.query<CandidateRow & { count: number }>(
    `select ${CANDIDATE}, count(*) over ()::int as count
     from (select * from partners p where ${where.join(' and ')} offset 0) as p, (select ${bind(language)}::text as language) as s
     order by "speaksFirst" desc, p.rank desc, p.id limit ${CANDIDATES}`,
    values,
  );
  const candidates = rows.map(({ count, ...candidate }) => candidate);
  return { candidates, count: rows[0]?.count ?? 0, orMore: false };
}
