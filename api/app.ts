import express, { type Express, type RequestHandler } from 'express';
import { accessLog } from './access-log.ts';
import { adminRoutes } from './admin/routes.ts';
import { dealRoutes } from './deals.ts';
import type { ApiDeps, IntakeDeps } from './deps.ts';
import { devMailRoutes } from './dev-mail.ts';
import { healthRoutes } from './health.ts';
import { openIntake } from './intake.ts';
import { jsonBody } from './json-body.ts';
import { limitWrites } from './limit-writes.ts';
import { meRoutes } from './me.ts';
import { openApiRoutes } from './openapi/routes.ts';
import { BOARD_PATH, boardRoutes } from './ops/board.ts';
import { metrics } from './ops/metrics.ts';
import { assetRoutes } from './pages/assets.ts';
import { pageRoutes } from './pages/routes.ts';
import { partnerRoutes } from './partners.ts';
import { pipelineRoutes } from './pipelines.ts';
import { notFound, problemHandler } from './problem.ts';
import { rateLimits } from './rate-limits.ts';
import { requestRoutes } from './requests.ts';
import { reviewRoutes } from './reviews.ts';
import { securityHeaders } from './security-headers.ts';
import { sessionRoutes } from './sessions.ts';

/** The whole HTTP side: JSON API, pages, captured mail, the operators' board. */
export function createApp(given: ApiDeps): Express {
  const deps: IntakeDeps = { ...given, limits: rateLimits(given), takeIn: openIntake(given) };
  const app = express();
  app.disable('x-powered-by');
  // Whose address counts: that of the socket, or what so many proxies say, the last one first.
  app.set('trust proxy', deps.config.trustProxy);
  app.set('query parser', 'simple');
  const { measure, routes: metricsRoutes } = metrics(deps);
  app.use(measure, securityHeaders(deps.config));
  app.use(healthRoutes(deps), metricsRoutes);
  app.use(accessLog(deps.log));
  app.use(BOARD_PATH, boardRoutes(deps));
  app.use(openApiRoutes(deps.config));
  if (!deps.config.smtpUrl) app.use('/dev', devMailRoutes(deps));

  const api = express.Router();
  api.use(limitWrites(deps), jsonBody());
  api.use(PRIVATE, neverStored);
  api.use('/requests', requestRoutes(deps));
  api.use('/deals', dealRoutes(deps));
  api.use('/pipelines', pipelineRoutes(deps));
  api.use('/me', meRoutes(deps));
  api.use('/reviews', reviewRoutes(deps));
  api.use('/admin', adminRoutes(deps));
  api.use(sessionRoutes(deps));
  api.use(partnerRoutes(deps));
  app.use('/api/v1', api);
  app.use('/api', nothing);

  app.use(assetRoutes());
  app.use(pageRoutes(deps));
  app.use(nothing, problemHandler(deps.log));
  return app;
}

const nothing: RequestHandler = () => {
  throw notFound();
};

/** What only some may see, or what lets somebody in. */
const PRIVATE = ['/requests', '/deals', '/pipelines', '/me', '/admin', '/reviews', '/sign-in', '/sessions'];

/** Nobody keeps such an answer, so nobody is told 304: a deal's notes change without its version. */
const neverStored: RequestHandler = (request, response, next) => {
  delete request.headers['if-none-match'];
  response.set('Cache-Control', 'no-store');
  next();
};
