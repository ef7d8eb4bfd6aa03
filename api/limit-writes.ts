import type { Request, RequestHandler } from 'express';
import { principalOf } from '../db/api-keys.ts';
import { networkOf } from './caller-address.ts';
import type { LimitedDeps } from './deps.ts';
import { Problem } from './problem.ts';
import type { Limit } from './rate-limits.ts';
import { SAFE } from './safe-methods.ts';

const MINUTE_MS = 60_000;

/** Refuses whoever writes too often. */
export function limitWrites(deps: LimitedDeps): RequestHandler {
  return async (request, _response, next) => {
    if (!SAFE.has(request.method)) await countWrite(deps, request);
    next();
  };
}

/**
 * Counts a write of whoever calls: of an API key if it has one that works, else of its address. So a CRM is
 * not in the way of others behind the same address, and an invented key is no way around the limit.
 * @throws Problem 429 with the seconds after which it works again
 */
export async function countWrite({ config, db, limits }: LimitedDeps, request: Request): Promise<void> {
  if (!config.rateLimits) return;
  const [, key] = /^Bearer +(terna_[\w-]+)$/i.exec(request.get('authorization') ?? '') ?? [];
  const known = key !== undefined && (await principalOf(db.writing('api key use'), key)) !== undefined;
  const waitMs = known
    ? await limits.take(perKey(config.rateLimitWrites), key)
    : await limits.take(perAddress(config.rateLimitWrites), networkOf(request.ip ?? ''));
  if (waitMs > 0) throw tooMany('writes', waitMs);
}

/** Too many of these in a short time: 429, and when it works again. */
export function tooMany(what: string, waitMs: number): Problem {
  const seconds = Math.ceil(waitMs / 1_000);
  const detail = `Too many ${what} in a short time. Try again in ${seconds} s.`;
  return new Problem(429, 'too_many_requests', detail, undefined, seconds);
}

const perAddress = (most: number): Limit => ({ name: 'writes of address', most, windowMs: MINUTE_MS });
const perKey = (most: number): Limit => ({ name: 'writes of key', most: 2 * most, windowMs: MINUTE_MS });
