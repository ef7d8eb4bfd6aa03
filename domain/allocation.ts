import { type Candidate, type Draw, draw, type MatchingPolicy } from './matching.ts';

/** A request that waits for partners, with the best that are eligible for it now. */
export interface Wanting {
  requestId: string;
  drawNo: number;
  /** How many partners it is to get. */
  count: number;
  candidates: Placed[];
}

/** A candidate and how many more leads it takes; null: no limit. */
export interface Placed extends Candidate {
  free: number | null;
}

/**
 * Decides a batch of draws one after the other, as if each saw those before it: a partner drawn counts
 * as busier for the next, and its free places run out.
 *
 * A request among whose candidates somebody has run out of places is not decided here: there may be
 * another candidate behind the ones that were read. It is left, to be tried alone.
 */
export function allocate(
  wanting: Wanting[],
  policy: MatchingPolicy,
): { draws: Map<string, Draw>; left: Set<string> } {
  const given = new Map<string, number>();
  const draws = new Map<string, Draw>();
  const left = new Set<string>();
  for (const { requestId, drawNo, count, candidates } of wanting) {
    const now = candidates.map((each) => ({ ...each, given: given.get(each.id) ?? 0 }));
    if (now.some((each) => each.free !== null && each.given >= each.free)) {
      left.add(requestId);
      continue;
    }
    const seen = now.map((each) => ({ ...each, liveLeads: each.liveLeads + each.given }));
    const drawn = draw(seen, policy, `${requestId}/${drawNo}`, count);
    for (const id of drawn.picked) given.set(id, (given.get(id) ?? 0) + 1);
    draws.set(requestId, drawn);
  }
  return { draws, left };
}
