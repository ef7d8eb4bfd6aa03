import { createHash, timingSafeEqual } from 'node:crypto';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { IServerAdapter } from '@bull-board/api/typings/app';
import { ExpressAdapter } from '@bull-board/express';
import { type RequestHandler, Router } from 'express';
import type { ApiDeps } from '../deps.ts';
import { refuseCrossSite } from '../pages/same-site.ts';

export const BOARD_PATH = '/ops/queues';
export const OPS_USER = 'ops';

/** The queues as operators see them: Bull Board behind a password. Without a password there is none. */
export function boardRoutes({ queues, config }: ApiDeps): Router {
  const router = Router();
  if (!config.opsPassword) return router;
  const server = new ExpressAdapter();
  server.setBasePath(BOARD_PATH);
  createBullBoard({
    queues: queues.board().map((queue) => new BullMQAdapter(queue, { description: queue.name })),
    serverAdapter: server as unknown as IServerAdapter,
    options: { uiConfig: { boardTitle: 'Terna' } },
  });
  // Browsers send a password they know along with what another site makes them post.
  router.use(refuseCrossSite(config), basicAuth(config.opsPassword), relaxPolicy);
  router.use(server.getRouter() as Router);
  return router;
}

/** HTTP Basic, compared in constant time. */
function basicAuth(password: string): RequestHandler {
  const expected = digest(`${OPS_USER}:${password}`);
  return (request, response, next) => {
    const [, given = ''] = /^Basic +(\S+)$/i.exec(request.get('authorization') ?? '') ?? [];
    if (timingSafeEqual(digest(Buffer.from(given, 'base64').toString()), expected)) return next();
    response
      .set('WWW-Authenticate', 'Basic realm="Terna operators", charset="UTF-8"')
      .status(401)
      .send('Operators only.');
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Bull Board's page has styles and a script inline; all else still comes from this server alone. */
const relaxPolicy: RequestHandler = (_request, response, next) => {
  const policy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src 'self' 'unsafe-inline'; font-src 'self' data:; frame-ancestors 'none'";
  response.set('Content-Security-Policy', policy);
  next();
};
