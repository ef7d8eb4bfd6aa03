import type { RequestHandler, Response } from 'express';
import type { SignedIn } from '../../db/sessions.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound, Problem } from '../problem.ts';
import { viewOf } from './context.ts';
import { cookieOptions, NEXT_COOKIE } from './cookies.ts';

type Partner = Extract<SignedIn, { role: 'partner' }>;

// As long as a sign-in link lasts.
const NEXT_MS = 15 * 60_000;

/**
 * Lets only a role through. Who is not signed in signs in first, and then comes back to the page asked for;
 * to everybody else the pages do not exist.
 */
export function only({ config }: ApiDeps, role: SignedIn['role']): RequestHandler {
  return (request, response, next) => {
    const { viewer, path } = viewOf(response);
    if (viewer?.role === role) return next();
    if (viewer) throw notFound();
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new Problem(401, 'signed_out', 'Your session has ended. Sign in again.');
    response.cookie(NEXT_COOKIE, path, { ...cookieOptions(config), maxAge: NEXT_MS });
    response.redirect(303, '/sign-in');
  };
}

/** The partner whose pages these are; only behind `only(deps, 'partner')`. */
export function partnerOf(response: Response): Partner {
  const { viewer } = viewOf(response);
  if (viewer?.role !== 'partner') throw notFound();
  return viewer;
}
