import { CANDIDATES } from '../domain/matching.ts';
import type { Sql } from './connect.ts';

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
  requestId: string;
  id: string;
  rank: number;
  liveLeads: number;
  capacity: number | null;
  speaksFirst: boolean;
  completedProjects: number;
  reviewCount: number;
  ratingSum: number;
}

/** Eligible partners are counted no further than this: a draw's record says "1,000 or more" by it. */
export const ELIGIBLE_COUNTED = 1_000;

const ELIGIBLE = `p.listed and p.accepting and (p.capacity is null or p.live_leads < p.capacity)
  and p.services @> s.services
  and (s.country is null or p.country = s.country)
  and (s.language is null or s.language = any (p.languages))
  and (s.partner_type is null or p.type = s.partner_type)
  and (s.tier is null or p.tier = s.tier)
  and p.id <> all (s.asked)`;

const SEARCHES = `jsonb_to_recordset($1) as s (no int, request_id uuid, services text[], country text,
  language text, partner_type text, tier text, asked uuid[])`;

/** The best eligible partners for each search, in catalog order, at most `CANDIDATES` each. */
export function findCandidates(sql: Sql, searches: Search[]): Promise<CandidateRow[]> {
  return sql.query<CandidateRow>(
    `select s.request_id as "requestId", found.*
     from ${SEARCHES} cross join lateral (
       select p.id, p.rank, p.live_leads as "liveLeads", p.capacity,
         coalesce(p.primary_language = s.language, false) as "speaksFirst",
         p.completed_projects as "completedProjects", p.review_count as "reviewCount", p.rating_sum as "ratingSum"
       from partners p where ${ELIGIBLE}
       order by coalesce(p.primary_language = s.language, false) desc, p.rank desc, p.id
       limit ${CANDIDATES}) as found
     order by s.no, "speaksFirst" desc, found.rank desc, found.id`,
    [json(searches)],
  );
}

/** How many partners are eligible for each search, by request, counted up to `ELIGIBLE_COUNTED`. */
export async function countEligible(sql: Sql, searches: Search[]): Promise<Map<string, number>> {
  const rows = await sql.query<{ id: string; eligible: number }>(
    `select s.request_id as id, counted.eligible
     from ${SEARCHES} cross join lateral (
       select count(*)::int as eligible
       from (select from partners p where ${ELIGIBLE} limit ${ELIGIBLE_COUNTED}) as found) as counted`,
    [json(searches)],
  );
  return new Map(rows.map((row) => [row.id, row.eligible]));
}

function json(searches: Search[]): string {
  return JSON.stringify(
    searches.map((search, no) => ({
      ...search,
      no,
      request_id: search.requestId,
      partner_type: search.partnerType,
    })),
  );
}
