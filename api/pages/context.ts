import type { Request, RequestHandler, Response } from 'express';
import { signedIn } from '../../db/sessions.ts';
import { LOCALES, type Locale } from '../../domain/catalog.ts';
import { isolating, translator } from '../../locales/translator.ts';
import type { ApiDeps } from '../deps.ts';
import { localeOf } from '../locale.ts';
import { cookieOf, cookieOptions, languageCookie, sessionCookie } from './cookies.ts';
import type { View } from './view.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/** Finds out whose page it is and in which language, once per request. */
export function pageContext({ db, config }: ApiDeps): RequestHandler {
  return async (request, response, next) => {
    const locale = chosenLocale(request, languageCookie(config)) ?? localeOf(request);
    if (request.query.lang === locale) {
      response.cookie(languageCookie(config), locale, { ...cookieOptions(config), maxAge: YEAR_MS });
    }
    const view: View = {
      locale,
      t: isolating(translator(locale)),
      path: withoutLang(request),
      viewer: undefined,
      capturesMail: !config.smtpUrl,
    };
    // Before the database is asked: if it is away, that is said in the reader's language too.
    response.locals.view = view;
    response.vary('Accept-Language').vary('Cookie');
    const session = cookieOf(request, sessionCookie(config));
    if (session) view.viewer = await signedIn(db.writing('session use'), session, !asksForNews(request));
    next();
  };
}

export function viewOf(response: Response): View {
  return response.locals.view as View;
}

/** Live pages ask by themselves, and for JSON: nobody need be there. */
function asksForNews(request: Request): boolean {
  return request.method === 'GET' && request.accepts(['html', 'json']) === 'json';
}

/** `?lang=` says it now and for later; else what was said before. */
function chosenLocale(request: Request, cookie: string): Locale | undefined {
  const asked = [request.query.lang, cookieOf(request, cookie)];
  return asked.flatMap((code) => LOCALES.filter((locale) => locale === code))[0];
}

/** Never `//host/...`, which browsers take for another site's address. */
function withoutLang(request: Request): string {
  const [given = '', query = ''] = request.originalUrl.split(/\?(.*)/s);
  const path = `/${given.replace(/^[/\\]+/, '')}`;
  const parameters = new URLSearchParams(query);
  parameters.delete('lang');
  return parameters.size > 0 ? `${path}?${parameters}` : path;
}
