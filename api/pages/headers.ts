import type { RequestHandler } from 'express';

/** Nothing but our own files runs, is loaded, or frames the page; forms go to us alone. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Headers of all pages. Links in mails hold tokens: other sites never learn where somebody came from; our own
 * do, or browsers would post with `Origin: null`, as strangers.
 */
export const pageHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': POLICY,
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'private, no-cache',
  });
  next();
};

/** For pages that only one person may see: nobody keeps them. */
export const neverKept: RequestHandler = (request, response, next) => {
  delete request.headers['if-none-match'];
  response.set('Cache-Control', 'no-store');
  next();
};

/** For pages behind a secret link: should one ever be seen in public, search engines leave it out. */
export const notIndexed: RequestHandler = (_request, response, next) => {
  response.set('X-Robots-Tag', 'noindex, nofollow');
  next();
};
