import { markRefilled } from '../../db/deal-moves.ts';
import { insertDraws, insertMatches } from '../../db/matches.ts';
import { type LockedRequest, setStatus, startWindow } from '../../db/requests.ts';
import { createDeal } from '../../jobs/create-deal.ts';
import { followUp } from '../../jobs/follow-up.ts';
import { promiseMails } from '../../jobs/promise-mails.ts';
import type { Tx } from '../../jobs/transaction.ts';
import { invite } from '../../life/invite.ts';
import type { Route } from './routes.ts';

/** Writes what was decided, and promises what follows from it. */
export async function writeRoutes(tx: Tx, routes: Route[], answerWindowMs: number): Promise<void> {
  const draws = routes.flatMap(({ request, draw }) => (draw ? [{ requestId: request.id, ...draw }] : []));
  const matches = routes.flatMap((route) => route.matches);
  if (draws.length > 0) await insertDraws(tx, draws);
  if (matches.length > 0) await insertMatches(tx, matches);
  for (const { id } of matches) tx.enqueue(createDeal, { matchId: id });

  const first = routes.filter(({ request }) => request.status === 'received');
  await writeFirst(tx, first, answerWindowMs);
  for (const route of routes.filter((each) => !first.includes(each))) await writeReplacement(tx, route);
}

/** The first draw of a request decides whether it is routed or unmatched, and tells the client. */
async function writeFirst(tx: Tx, routes: Route[], answerWindowMs: number): Promise<void> {
  const routed = routes.filter((route) => route.matches.length > 0).map((route) => route.request);
  const unmatched = routes.filter((route) => route.matches.length === 0).map((route) => route.request);
  if (routed.length > 0) {
    await setStatus(
      tx,
      routed.map(({ id }) => id),
      'routed',
    );
    await startWindow(
      tx,
      routed.map(({ id }) => id),
      answerWindowMs,
    );
  }
  for (const { id, windowNo } of routed) {
    tx.enqueue(followUp, { requestId: id, windowNo }, { delayMs: answerWindowMs / 3 });
  }
  if (unmatched.length > 0)
    await setStatus(
      tx,
      unmatched.map(({ id }) => id),
      'unmatched',
    );

  const toClient = (template: 'request-routed' | 'request-unmatched') => (request: LockedRequest) => ({
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

/** Refused places that are filled stay so; when nobody is left to ask, the client is. */
async function writeReplacement(tx: Tx, { request, matches, refused, live }: Route): Promise<void> {
  if (matches.length > 0) await markRefilled(tx, request.id, refused.slice(0, matches.length));
  else if (live === 0) await invite(tx, request);
}
