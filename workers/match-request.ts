import { uuidv7 } from 'uuidv7';
import { countEligible, findCandidates } from '../db/candidates.ts';
import { insertDraws, insertMatches, type NewMatch, type Past, pastOf } from '../db/matches.ts';
import { lockPlaces } from '../db/places.ts';
import { lockRequests, markRouted, markUnmatched, type WaitingRequest } from '../db/requests.ts';
import { allocate } from '../domain/allocation.ts';
import { type Draw, PARTNERS_PER_REQUEST } from '../domain/matching.ts';
import { reasonsFor } from '../domain/reasons.ts';
import { createDeal } from '../jobs/create-deal.ts';
import { followUp } from '../jobs/follow-up.ts';
import { matchRequest } from '../jobs/match-request.ts';
import { promiseMails } from '../jobs/promise-mails.ts';
import type { Tx } from '../jobs/transaction.ts';
import type { WorkerDeps } from './handler.ts';
import { transactional } from './transactional.ts';

/**
 * Finds the partners of a batch of requests: reads who is eligible, decides in memory, locks the picked
 * partners and looks again. Requests whose pick fell out meanwhile are left to be tried alone.
 */
export const matchRequestHandler = transactional(matchRequest, async (tx, jobs, deps) => {
  const locked = await lockRequests(
    tx,
    jobs.map((job) => job.payload.requestId),
  );
  const waiting = locked.filter((request) => request.status === 'received');
  if (waiting.length === 0) return;

  const past = new Map(
    (
      await pastOf(
        tx,
        waiting.map(({ id }) => id),
      )
    ).map((each) => [each.requestId, each]),
  );
  const chosen = waiting.filter((request) => request.mode === 'manual').map(manualRoute);
  const { drawn, left } = await drawAll(tx, waiting, past, deps);
  await lookAgain(tx, [...chosen, ...drawn], left);

  const kept = [...chosen, ...drawn].filter((route) => !left.has(route.request.id));
  await write(tx, kept, deps);
  return jobs.filter((job) => left.has(job.payload.requestId)).map((job) => job.id);
});

/** Where one request goes. */
interface Route {
  request: WaitingRequest;
  matches: NewMatch[];
  draw?: { no: number; eligible: number; draw: Draw };
}

function manualRoute(request: WaitingRequest): Route {
  const reasons = [{ code: 'chosen-by-client' as const }];
  const match = {
    id: uuidv7(),
    requestId: request.id,
    partnerId: request.partnerId ?? '',
    drawNo: null,
    reasons,
  };
  return { request, matches: [match] };
}

async function drawAll(
  tx: Tx,
  waiting: WaitingRequest[],
  past: Map<string, Past>,
  { settings }: WorkerDeps,
): Promise<{ drawn: Route[]; left: Set<string> }> {
  const requests = waiting.filter((request) => request.mode === 'automated');
  if (requests.length === 0) return { drawn: [], left: new Set() };
  const searches = requests.map((request) => ({
    ...request,
    requestId: request.id,
    asked: past.get(request.id)?.asked ?? [],
  }));
  const found = await findCandidates(tx, searches);
  const eligible = await countEligible(tx, searches);
  const wanting = requests.map(({ id }) => ({
    requestId: id,
    drawNo: (past.get(id)?.draws ?? 0) + 1,
    count: PARTNERS_PER_REQUEST,
    candidates: found
      .filter((candidate) => candidate.requestId === id)
      .map((each) => ({ ...each, free: each.capacity === null ? null : each.capacity - each.liveLeads })),
  }));
  const { draws, left } = allocate(wanting, settings.matchingPolicy);

  const drawn = requests.flatMap((request): Route[] => {
    const draw = draws.get(request.id);
    const no = (past.get(request.id)?.draws ?? 0) + 1;
    if (!draw) return [];
    const matches = draw.picked.flatMap((partnerId) => {
      const partner = found.find((each) => each.requestId === request.id && each.id === partnerId);
      return partner
        ? [
            {
              id: uuidv7(),
              requestId: request.id,
              partnerId,
              drawNo: no,
              reasons: reasonsFor(criteriaOf(request), partner),
            },
          ]
        : [];
    });
    return [{ request, matches, draw: { no, eligible: eligible.get(request.id) ?? 0, draw } }];
  });
  return { drawn, left };
}

function criteriaOf(request: WaitingRequest) {
  const { services, country, language, partnerType, tier } = request;
  return {
    services,
    country: country ?? undefined,
    language: language ?? undefined,
    partnerType: partnerType ?? undefined,
    tier: tier ?? undefined,
  };
}

/**
 * Locks every picked partner, reads its places anew and gives them out in order. Whoever comes too late
 * is left. A client's own choice does not ask for a place, but takes one.
 */
async function lookAgain(tx: Tx, routes: Route[], left: Set<string>): Promise<void> {
  const partnerIds = new Set(routes.flatMap((route) => route.matches.map((match) => match.partnerId)));
  const free = await lockPlaces(tx, [...partnerIds]);
  const take = ({ partnerId }: NewMatch) => {
    const place = free.get(partnerId);
    if (typeof place === 'number') free.set(partnerId, Math.max(0, place - 1));
  };
  for (const { draw, matches } of routes) if (!draw) matches.forEach(take);
  for (const { request, matches } of routes.filter((route) => route.draw)) {
    const places = matches.map((match) => free.get(match.partnerId));
    if (places.some((place) => place === 0 || place === undefined)) {
      left.add(request.id);
      continue;
    }
    matches.forEach(take);
  }
}

async function write(tx: Tx, routes: Route[], { settings }: WorkerDeps): Promise<void> {
  const draws = routes.flatMap(({ request, draw }) => (draw ? [{ requestId: request.id, ...draw }] : []));
  const matches = routes.flatMap((route) => route.matches);
  const routed = routes.filter((route) => route.matches.length > 0).map((route) => route.request);
  const unmatched = routes.filter((route) => route.matches.length === 0).map((route) => route.request);

  if (draws.length > 0) await insertDraws(tx, draws);
  if (matches.length > 0) await insertMatches(tx, matches);
  for (const { id } of matches) tx.enqueue(createDeal, { matchId: id });
  if (routed.length > 0)
    await markRouted(
      tx,
      routed.map(({ id }) => id),
      settings.answerWindowMs,
    );
  for (const { id } of routed)
    tx.enqueue(followUp, { requestId: id }, { delayMs: settings.answerWindowMs / 3 });
  if (unmatched.length > 0)
    await markUnmatched(
      tx,
      unmatched.map(({ id }) => id),
    );

  const toClient = (template: 'request-routed' | 'request-unmatched') => (request: WaitingRequest) => ({
    template,
    requestId: request.id,
    partnerId: null,
    matchId: null,
    windowNo: request.windowNo,
  });
  await promiseMails(tx, [
    ...routed.map(toClient('request-routed')),
    ...unmatched.map(toClient('request-unmatched')),
  ]);
}
