import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { type HttpLogger, pinoHttp } from 'pino-http';
import { SAFE } from './safe-methods.ts';

/** What is refused because of who asks, or how often. */
const REFUSALS = [401, 403, 429];

/** Where people sign in and out. */
const DOORS = ['/sign-in', '/sign-in/:token', '/sessions', '/sign-out'];

/**
 * Method, route and status of each request. Never the address (it may hold a token), headers or bodies. Refusals
 * and signing in and out are at the level INFO, all else that went well at DEBUG.
 */
export function accessLog(log: Logger): HttpLogger {
  return pinoHttp({
    logger: log,
    customLogLevel: (request, { statusCode }) => {
      if (statusCode >= 500) return 'warn';
      return REFUSALS.includes(statusCode) || isAtDoor(request) ? 'info' : 'debug';
    },
    serializers: {
      req: ({ method, id }: { method: string; id: unknown }) => ({ method, id }),
      res: ({ raw }: { raw: ServerResponse }) => ({ status: raw.statusCode, route: routeOf(raw.req) }),
    },
  });
}

function isAtDoor(request: IncomingMessage): boolean {
  return !SAFE.has(request.method ?? '') && DOORS.includes(routeOf(request) ?? '');
}

/** As it was written, with names for what varies: `/sign-in/:token`. */
function routeOf(request: IncomingMessage & { route?: { path?: unknown } }): string | undefined {
  const path = request.route?.path;
  return typeof path === 'string' ? path : undefined;
}
