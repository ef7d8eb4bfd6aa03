import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { adminCookie, sessionCookieFor } from '../helpers/page-session.ts';

const PAGES = resolve(import.meta.dirname, '../../api/pages');

/** Every address that the sources of an area's routes mention. */
function addresses(area: 'workspace' | 'admin'): string[] {
  const sources = readdirSync(join(PAGES, area), { recursive: true, encoding: 'utf8' })
    .filter((file) => /routes\.tsx?$/.test(file))
    .map((file) => readFileSync(join(PAGES, area, file), 'utf8'));
  const found = sources.flatMap((text) =>
    [...text.matchAll(/\.?(?:get|post|route|use)\(\s*'(\/[^']*)'/g)].map(([, path = '']) => path),
  );
  const whole = found.map((path) => (path.startsWith(`/${area}`) ? path : `/${area}${path}`));
  return [...new Set([...whole, `/${area}/no-such-page`, `/${area.toUpperCase()}/x`])].map((path) =>
    path.replace(/:\w+/g, '01935bd8-b098-70b5-b5b4-9181d0692ad9'),
  );
}

let api: TestApi;
let cookies: Record<'workspace' | 'admin', string>;
beforeAll(async () => {
  api = await openApi('seeded');
  const [partner] = await api.db.query<{ id: string }>('select id from partners order by id limit 1');
  cookies = {
    workspace: await sessionCookieFor(api.db, partner?.id ?? ''),
    admin: await adminCookie(api.db),
  };
});
afterAll(() => api.close());

describe.each(['workspace', 'admin'] as const)('/%s is closed', (area) => {
  const paths = addresses(area);
  const ask = async (path: string, method: string, cookie?: string) => {
    const headers: Record<string, string> = cookie ? { cookie } : {};
    const answer = await api.call(path, { method, headers, redirect: 'manual' });
    expect(answer.headers.get('cache-control'), path).toBe('no-store');
    return [path, method, answer.status, answer.headers.get('location')];
  };

  it('has addresses to ask', () => {
    expect(paths.length).toBeGreaterThan(8);
  });

  it.each(paths)('%s: to those who are not signed in', async (path) => {
    expect(await ask(path, 'GET')).toEqual([path, 'GET', 303, '/sign-in']);
    expect(await ask(path, 'POST')).toEqual([path, 'POST', 401, null]);
    const forged = 'terna=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; __Host-terna=x';
    expect(await ask(path, 'GET', forged)).toEqual([path, 'GET', 303, '/sign-in']);
  });

  it.each(paths)('%s: to those who are somebody else', async (path) => {
    const stranger = cookies[area === 'admin' ? 'workspace' : 'admin'];
    expect(await ask(path, 'GET', stranger)).toEqual([path, 'GET', 404, null]);
    expect(await ask(path, 'POST', stranger)).toEqual([path, 'POST', 404, null]);
  });

  it('opens no JSON API by its cookie', async () => {
    for (const path of ['/api/v1/me', '/api/v1/deals', '/api/v1/admin/partners'])
      expect((await api.call(path, { headers: { cookie: cookies[area] } })).status).toBe(401);
  });
});
