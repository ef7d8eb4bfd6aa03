import type { Request, RequestHandler } from 'express';
import type { Config } from '../../config.ts';
import { Problem } from '../problem.ts';
import { SAFE } from '../safe-methods.ts';

/**
 * Refuses what another site makes a browser post. Browsers say where a post comes from: in `Sec-Fetch-Site`
 * on https and localhost, else in `Origin`. A caller that says neither is no browser, and has no cookies that
 * somebody else could ride on. (The method of Go's net/http.CrossOriginProtection.)
 */
export function refuseCrossSite(config: Config): RequestHandler {
  const ours = new URL(config.publicUrl).origin;
  return (request, _response, next) => {
    if (!SAFE.has(request.method) && isCrossSite(request, ours))
      throw new Problem(403, 'cross_site', 'This was posted by another site.');
    next();
  };
}

function isCrossSite(request: Request, ours: string): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = request.get('origin');
  if (origin === undefined || origin === ours) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.get('host');
}
