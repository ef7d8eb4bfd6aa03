import type { Answer, TestApi } from './http-api.ts';
import { sessionCookieFor } from './page-session.ts';

/** A person on the pages, signed in or not, without JavaScript. */
export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Answer<{ version: string }>>;
  /** Posts a form. */
  post(path: string, fields: Record<string, string>): Promise<Answer<undefined>>;
}

/** Somebody with this cookie header; without one, a stranger. */
export function visitor(api: TestApi, cookie?: string): Visitor {
  const own = cookie === undefined ? {} : { cookie };
  return {
    get: (path, headers = {}) => api.call(path, { headers: { ...own, ...headers }, redirect: 'manual' }),
    post: (path, fields) =>
      api.call(path, { method: 'POST', headers: own, redirect: 'manual', body: new URLSearchParams(fields) }),
  };
}

/** A partner at its own pages. */
export async function atWork(api: TestApi, partnerId: string): Promise<Visitor> {
  return visitor(api, await sessionCookieFor(api.db, partnerId));
}

/** Where an answer leads to. */
export function location({ headers }: Answer<unknown>): string {
  return headers.get('location') ?? '';
}
