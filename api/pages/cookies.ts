import type { CookieOptions, Request } from 'express';
import type { Config } from '../../config.ts';

/** The value of a cookie of this request, as it was set. */
export function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

/** Sent by browsers on links from elsewhere, never on posts from elsewhere, and never shown to scripts. */
export function cookieOptions(config: Config): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure: isHttps(config), path: '/', encode: String };
}

/** `__Host-`: the browser itself holds such a cookie to https, this host and all paths. */
const hostCookie = (name: string) => (config: Config) => (isHttps(config) ? `__Host-${name}` : name);

export const sessionCookie = hostCookie('terna');

/** Where somebody wanted to go before signing in. */
export const nextCookie = hostCookie('terna-next');

/** The language that somebody chose. */
export const languageCookie = hostCookie('lang');

/** Where each role begins; all its pages are below. */
export const HOME = { partner: '/workspace', admin: '/admin' } as const;

/** A path of a role's own pages; anything else is nobody's next page. */
export function nextPath(path: string | undefined, role: keyof typeof HOME): string | undefined {
  const [home, rest = ''] = [HOME[role], path?.slice(HOME[role].length)];
  return path?.startsWith(home) && /^$|^[/?][\w/?=&%.+~-]*$/.test(rest) ? path : undefined;
}

function isHttps({ publicUrl }: Config): boolean {
  return publicUrl.startsWith('https:');
}
