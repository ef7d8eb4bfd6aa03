import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import { type PartnerName, partnerNames } from '../../db/admin-partners.ts';
import { findEligible } from '../../db/candidates.ts';
import type { Sql } from '../../db/connect.ts';
import { draw, type MatchingPolicy, PARTNERS_PER_REQUEST } from '../../domain/matching.ts';
import type { previewBody } from '../schemas-admin.ts';

/** A draw that is not one: who would be asked now, and how much each candidate weighs. */
export interface MatchPreview {
  policy: MatchingPolicy;
  policyVersion: number;
  seed: string;
  eligible: number;
  eligibleOrMore: boolean;
  candidates: { partner: PartnerName | undefined; weight: number; rank: number; liveLeads: number }[];
  picked: (PartnerName | undefined)[];
}

/** Draws as for a new request with these criteria, by `policy` unless the body names one. Writes nothing. */
export async function previewMatch(
  sql: Sql,
  { criteria, policy: wanted }: z.infer<typeof previewBody>,
  policy: MatchingPolicy,
): Promise<MatchPreview> {
  const search = {
    requestId: uuidv7(),
    services: criteria?.services ?? [],
    country: criteria?.country ?? null,
    language: criteria?.language ?? null,
    partnerType: criteria?.partnerType ?? null,
    tier: criteria?.tier ?? null,
    asked: [],
  };
  const eligible = (await findEligible(sql, [search])).get(search.requestId);
  const found = eligible?.candidates ?? [];
  // As a first draw of a request with this id would be.
  const drawn = draw(found, wanted ?? policy, `${search.requestId}/1`, PARTNERS_PER_REQUEST);
  const names = await partnerNames(
    sql,
    found.map(({ id }) => id),
  );
  const weights = new Map(drawn.candidates.map(({ id, weight }) => [id, weight]));
  return {
    policy: drawn.policy,
    policyVersion: drawn.policyVersion,
    seed: drawn.seed,
    eligible: eligible?.count ?? 0,
    eligibleOrMore: eligible?.orMore ?? false,
    candidates: found.map(({ id, rank, liveLeads }) => ({
      partner: names.get(id),
      weight: weights.get(id) ?? 0,
      rank,
      liveLeads,
    })),
    picked: drawn.picked.map((id) => names.get(id)),
  };
}
