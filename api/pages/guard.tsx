import type { Request, RequestHandler, Response } from 'express';
import type { SignedIn } from '../../db/sessions.ts';
import { noteActor } from '../actor.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound, Problem } from '../problem.ts';
import { viewOf } from './context.ts';
import { cookieOptions, nextCookie, nextPath } from './cookies.ts';
import { show } from './show.tsx';
import { SignedOutPage } from './sign-in/signed-out-page.tsx';

type Partner = Extract<SignedIn, { role: 'partner' }>;

// As long as a sign-in link lasts.
const NEXT_MS = 10 * 60_000;

/**
 * Lets only a role through. Who is not signed in signs in first, and then comes back to the page asked for, or
 * to the page of the form that was sent; to everybody else the pages do not exist.
 */
export function only({ config }: ApiDeps, role: SignedIn['role']): RequestHandler {
  return (request, response, next) => {
    const { viewer, path } = viewOf(response);
    if (viewer?.role === 'admin') noteActor(response, { kind: 'admin', id: viewer.adminId });
    if (viewer?.role === role) return next();
    if (viewer) throw notFound();
    const isForm = request.method !== 'GET' && request.method !== 'HEAD';
    // A page that asks whether there is news is told that it is over; nobody wants to land there.
    if (!isForm && request.accepts(['html', 'json']) === 'json')
      throw new Problem(401, 'signed_out', 'The session has ended.');
    const page = nextPath(isForm ? cameFrom(request) : path, role);
    if (page) response.cookie(nextCookie(config), page, { ...cookieOptions(config), maxAge: NEXT_MS });
    if (!isForm) return response.redirect(303, '/sign-in');
    viewOf(response).path = '/sign-in';
    show(response, <SignedOutPage typed={request.body ?? {}} />, 401);
  };
}

function cameFrom(request: Request): string | undefined {
  const referer = request.get('referer') ?? '';
  if (!URL.canParse(referer)) return undefined;
  const { pathname, search } = new URL(referer);
  return pathname + search;
}

/** The partner whose pages these are; only behind `only(deps, 'partner')`. */
export function partnerOf(response: Response): Partner {
  const { viewer } = viewOf(response);
  if (viewer?.role !== 'partner') throw notFound();
  return viewer;
}
