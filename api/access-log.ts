import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Log } from '../log.ts';
import { SAFE } from './safe-methods.ts';

/** What is refused because of who asks, or how often. */
const REFUSALS = [401, 403, 429];

/** Where people sign in and out. */
const DOORS = ['/sign-in', '/sign-in/:token', '/sessions', '/sign-out'];

/**
 * Method, route and status of each request. Never the address (it may hold a token), headers or bodies. Refusals
 * and signing in and out are at the level INFO, all else that went well at DEBUG.
 */
export function accessLog(log: Log): RequestHandler {
  let count = 0;
  return (request, response, next) => {
    const id = ++count;
    const began = performance.now();
    // 'close' comes after 'finish', and alone when the caller has hung up.
    response.once('close', () => {
      const { statusCode: status, writableFinished } = response;
      const responseTime = Math.round(performance.now() - began);
      const fields = {
        req: { method: request.method, id },
        res: { status, route: routeOf(request) },
        responseTime,
      };
      log[levelOf(request, status)](fields, writableFinished ? 'request completed' : 'request aborted');
    });
    next();
  };
}

function levelOf(request: IncomingMessage, status: number): 'warn' | 'info' | 'debug' {
  if (status >= 500) return 'warn';
  return REFUSALS.includes(status) || isAtDoor(request) ? 'info' : 'debug';
}

function isAtDoor(request: IncomingMessage): boolean {
  return !SAFE.has(request.method ?? '') && DOORS.includes(routeOf(request) ?? '');
}

/** As it was written, with names for what varies: `/sign-in/:token`. */
function routeOf(request: IncomingMessage & { route?: { path?: unknown } }): string | undefined {
  const path = request.route?.path;
  return typeof path === 'string' ? path : undefined;
}
