import { z } from 'zod';
import { findEligible } from '../db/candidates.ts';
import type { Sql } from '../db/connect.ts';
import { type MatchView, matchesOf, pastOf } from '../db/matches.ts';
import type { PartnerView } from '../db/partners.ts';
import { partnersByIds } from '../db/partners-by-ids.ts';
import { type Criteria, findWholeRequest, type WholeRequest } from '../db/requests.ts';
import { notFound } from './problem.ts';

/**
 * A request with the partners that have it, as its client may see it.
 * @throws Problem 404 when there is none
 */
export async function readRequest(
  sql: Sql,
  id: string,
): Promise<{ request: WholeRequest; matches: MatchView[] }> {
  const request = z.uuid().safeParse(id).success ? await findWholeRequest(sql, id) : undefined;
  if (!request) throw notFound();
  return { request, matches: await matchesOf(sql, id) };
}

/** Whom else a request could go to: the best partners that meet the criteria and do not have it yet. */
export async function suggestionsFor(
  sql: Sql,
  requestId: string,
  criteria: Criteria,
): Promise<PartnerView[]> {
  const [past] = await pastOf(sql, [requestId]);
  const eligible = await findEligible(sql, [{ ...criteria, requestId, asked: past?.asked ?? [] }]);
  const best = eligible.get(requestId)?.candidates ?? [];
  return partnersByIds(
    sql,
    best.map(({ id }) => id),
  );
}
