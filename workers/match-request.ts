import { matchBalance } from '../db/deal-moves.ts';
import { pastOf } from '../db/matches.ts';
import { type LockedRequest, lockRequests } from '../db/requests.ts';
import { PARTNERS_PER_REQUEST } from '../domain/matching.ts';
import { replacementsDue } from '../domain/request-life.ts';
import { matchRequest } from '../jobs/match-request.ts';
import type { Tx } from '../jobs/transaction.ts';
import { drawAll, lookAgain, manualRoute, type Want } from './matching/routes.ts';
import { writeRoutes } from './matching/write-routes.ts';
import { transactional } from './transactional.ts';

/**
 * Finds the partners of a batch of requests: reads who is eligible, decides in memory, locks the picked
 * partners and looks again. Requests whose pick fell out meanwhile are left to be tried alone.
 */
export const matchRequestHandler = transactional(matchRequest, async (tx, jobs, { settings }) => {
  const ids = [...new Set(jobs.map((job) => job.payload.requestId))];
  const wants = await wanted(tx, await lockRequests(tx, ids));
  if (wants.length === 0) return;

  const past = await pastOf(
    tx,
    wants.map(({ request }) => request.id),
  );
  const chosen = wants.filter(({ request }) => request.mode === 'manual').map(manualRoute);
  const toDraw = wants.filter(({ request }) => request.mode === 'automated');
  const { routes: drawn, left } = await drawAll(tx, toDraw, past, settings.matchingPolicy);
  const routes = [...chosen, ...drawn];
  await lookAgain(tx, routes, left);

  await writeRoutes(
    tx,
    routes.filter(({ request }) => !left.has(request.id)),
    settings.answerWindowMs,
  );
  return jobs.filter((job) => left.has(job.payload.requestId)).map((job) => job.id);
});

/** What each request is to get now: its first partners, or others in the places of those who refused. */
async function wanted(tx: Tx, requests: LockedRequest[]): Promise<Want[]> {
  const wants: Want[] = [];
  for (const request of requests) {
    if (request.status === 'received') {
      wants.push({ request, count: PARTNERS_PER_REQUEST, refused: [], live: 0 });
    } else if (request.status === 'routed' || request.status === 'answered') {
      const { live, refused } = await matchBalance(tx, request.id);
      const count = replacementsDue({ ...request, live, refused: refused.length });
      if (count > 0) wants.push({ request, count, refused, live });
    }
  }
  return wants;
}
