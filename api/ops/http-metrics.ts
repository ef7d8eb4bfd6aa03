import type { Request, RequestHandler } from 'express';
import { Histogram, type Registry } from 'prom-client';

// What is said of an honest page (10 ms), of a slow one, and of one that somebody gave up on.
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Measures every request by the pattern of its route, never its address: that may hold ids and tokens, and anybody
 * can invent as many as they like.
 */
export function measureHttp(registry: Registry): RequestHandler {
  const durations = new Histogram({
    name: 'terna_http_request_duration_seconds',
    help: 'HTTP requests by method, route and status; status 0: the client went away first',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS_S,
    registers: [registry],
  });
  return (request, response, next) => {
    const began = performance.now();
    const routeOf = watchRoute(request);
    response.once('close', () => {
      const method = METHODS.has(request.method) ? request.method : 'other';
      const status = response.writableFinished ? response.statusCode : 0;
      durations.observe({ method, route: routeOf(), status }, (performance.now() - began) / 1_000);
    });
    next();
  };
}

/**
 * Keeps the pattern of the last route that a request came to. Express names it in `request.route`, but forgets where
 * that was mounted once an error is on its way out: so it is noted at the moment when it is named. Mounts have no
 * parameters, so what stands before the pattern is one of a few texts, but for their case.
 */
function watchRoute(request: Request): () => string {
  let pattern = 'none';
  let named: unknown;
  Object.defineProperty(request, 'route', {
    get: () => named,
    set(route: { path: unknown } | undefined) {
      named = route;
      if (route) pattern = `${request.baseUrl.toLowerCase()}${[route.path].flat()[0]}`;
    },
  });
  return () => pattern;
}
