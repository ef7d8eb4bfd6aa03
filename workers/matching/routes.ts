import { uuidv7 } from 'uuidv7';
import { type CandidateRow, findEligible } from '../../db/candidates.ts';
import type { NewMatch, Past } from '../../db/matches.ts';
import { lockPlaces } from '../../db/places.ts';
import type { LockedRequest } from '../../db/requests.ts';
import { allocate } from '../../domain/allocation.ts';
import type { Draw, MatchingPolicy } from '../../domain/matching.ts';
import { reasonsFor } from '../../domain/reasons.ts';
import type { Tx } from '../../jobs/transaction.ts';

/** How many partners a request is to get. */
export interface Want {
  request: LockedRequest;
  count: number;
  /** Refused matches whose places are to be filled, oldest first; none at a first draw. */
  refused: string[];
  /** Matches that are live already. */
  live: number;
}

/** Where a request goes. */
export interface Route extends Want {
  matches: NewMatch[];
  draw?: { no: number; eligible: number; orMore: boolean; draw: Draw };
}

export function manualRoute(want: Want): Route {
  const { id, partnerId } = want.request;
  const reasons = [{ code: 'chosen-by-client' as const }];
  return {
    ...want,
    matches: [{ id: uuidv7(), requestId: id, partnerId: partnerId ?? '', drawNo: null, reasons }],
  };
}

/** Draws for each request from who is eligible now. Those in `left` cannot be decided in company. */
export async function drawAll(
  tx: Tx,
  wants: Want[],
  past: Past[],
  policy: MatchingPolicy,
): Promise<{ routes: Route[]; left: Set<string> }> {
  if (wants.length === 0) return { routes: [], left: new Set() };
  const pastById = new Map(past.map((each) => [each.requestId, each]));
  const searches = wants.map(({ request }) => ({
    ...request,
    requestId: request.id,
    asked: pastById.get(request.id)?.asked ?? [],
  }));
  const eligible = await findEligible(tx, searches);
  const drawNo = (id: string) => (pastById.get(id)?.draws ?? 0) + 1;
  const wanting = wants.map(({ request: { id }, count }) => ({
    requestId: id,
    drawNo: drawNo(id),
    count,
    candidates: (eligible.get(id)?.candidates ?? []).map((each) => ({
      ...each,
      free: each.capacity === null ? null : each.capacity - each.liveLeads,
    })),
  }));
  const { draws, left } = allocate(wanting, policy);

  const routes = wants.flatMap((want): Route[] => {
    const { request } = want;
    const draw = draws.get(request.id);
    const found = eligible.get(request.id);
    if (!draw || !found) return [];
    const no = drawNo(request.id);
    const matches = draw.picked.flatMap((partnerId) => {
      const partner = found.candidates.find(({ id }) => id === partnerId);
      return partner ? [newMatch(request, partner, no)] : [];
    });
    return [{ ...want, matches, draw: { no, eligible: found.count, orMore: found.orMore, draw } }];
  });
  return { routes, left };
}

function newMatch(request: LockedRequest, partner: CandidateRow, drawNo: number): NewMatch {
  const { services, country, language, partnerType, tier } = request;
  const criteria = {
    services,
    country: country ?? undefined,
    language: language ?? undefined,
    partnerType: partnerType ?? undefined,
    tier: tier ?? undefined,
  };
  return {
    id: uuidv7(),
    requestId: request.id,
    partnerId: partner.id,
    drawNo,
    reasons: reasonsFor(criteria, partner),
  };
}

/**
 * Locks every picked partner, reads its places anew and gives them out in order. Whoever comes too late
 * is left. A client's own choice does not ask for a place, but takes one; of a partner that was erased meanwhile
 * nothing comes.
 */
export async function lookAgain(tx: Tx, routes: Route[], left: Set<string>): Promise<void> {
  const partnerIds = new Set(routes.flatMap((route) => route.matches.map((match) => match.partnerId)));
  const free = await lockPlaces(tx, [...partnerIds]);
  const take = ({ partnerId }: NewMatch) => {
    const place = free.get(partnerId);
    if (typeof place === 'number') free.set(partnerId, Math.max(0, place - 1));
  };
  for (const route of routes.filter((each) => !each.draw)) {
    route.matches = route.matches.filter(({ partnerId }) => free.has(partnerId));
    route.matches.forEach(take);
  }
  for (const { request, matches } of routes.filter((route) => route.draw)) {
    const places = matches.map((match) => free.get(match.partnerId));
    if (places.some((place) => place === 0 || place === undefined)) left.add(request.id);
    else matches.forEach(take);
  }
}
