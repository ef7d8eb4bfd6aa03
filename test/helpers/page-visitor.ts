import type { Answer, TestApi } from './http-api.ts';
import { sessionCookieFor } from './page-session.ts';

type Fields = Record<string, string | string[]>;

/** Somebody with a browser: asks for pages and sends forms, and is led nowhere. */
export interface Visitor {
  get(path: string, language?: string): Promise<Answer<undefined>>;
  post(path: string, fields?: Fields, language?: string): Promise<Answer<undefined>>;
}

/** A browser in which a partner or an administrator is signed in; without an id, nobody is. */
export async function visitor(api: TestApi, subjectId?: string): Promise<Visitor> {
  const cookie = subjectId === undefined ? '' : await sessionCookieFor(api.db, subjectId);
  const headers = (language: string) => ({ cookie, 'accept-language': language });
  return {
    get: (path, language = 'en') => api.call(path, { redirect: 'manual', headers: headers(language) }),
    post: (path, fields = {}, language = 'en') => {
      const pairs = Object.entries(fields).flatMap(([name, values]) =>
        [values].flat().map((value) => [name, value]),
      );
      const body = new URLSearchParams(pairs);
      return api.call(path, { method: 'POST', redirect: 'manual', headers: headers(language), body });
    },
  };
}

/** The text of a page without its tags. */
export function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');
}
