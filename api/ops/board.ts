import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { IServerAdapter } from '@bull-board/api/typings/app';
import { ExpressAdapter } from '@bull-board/express';
import { type Express, type RequestHandler, Router } from 'express';
import type { Queues } from '../../jobs/queues.ts';
import type { ApiDeps } from '../deps.ts';
import { refuseCrossSite } from '../pages/same-site.ts';
import { hasOperators, isViewer, requireOperator } from './credentials.ts';
import { recordCalls } from './record-calls.ts';

export const BOARD_PATH = '/ops/queues';

/**
 * The queues as operators see them: Bull Board behind a password, and one that only shows behind another. What
 * is done there is on record. Without any password there is none.
 */
export function boardRoutes(deps: ApiDeps): Router {
  const { queues, config } = deps;
  const router = Router();
  if (!hasOperators(config)) return router;
  // Browsers send a password they know along with what another site makes them post.
  router.use(refuseCrossSite(config), requireOperator(config), recordCalls(deps), relaxPolicy);
  if (config.opsViewerPassword) router.use(Router().use(leaveUnless(isViewer)).use(board(queues, true)));
  if (config.opsPassword) router.use(board(queues, false));
  return router;
}

/** Bull Board; `readOnly`, it offers no buttons, and refuses what it does not offer. */
function board(queues: Queues, readOnlyMode: boolean): Router {
  const server = new ExpressAdapter();
  server.setBasePath(BOARD_PATH);
  createBullBoard({
    queues: queues
      .board()
      .map((queue) => new BullMQAdapter(queue, { description: queue.name, readOnlyMode })),
    serverAdapter: server as unknown as IServerAdapter,
    options: { uiConfig: { boardTitle: 'Terna' } },
  });
  return (server.getRouter() as Express).disable('x-powered-by');
}

/** Skips the rest of a router. */
const leaveUnless =
  (holds: typeof isViewer): RequestHandler =>
  (_request, response, next) =>
    next(holds(response) ? undefined : 'router');

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Bull Board's page has styles inline and a base; all else still comes from this server alone. */
const relaxPolicy: RequestHandler = (_request, response, next) => {
  response.set('Content-Security-Policy', POLICY);
  next();
};
