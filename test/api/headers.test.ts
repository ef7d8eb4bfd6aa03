import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_AREAS } from '../helpers/access-api.ts';
import { ask, callersOf, isApi, OPS_PASSWORD } from '../helpers/access-calls.ts';
import { PAGE_AREAS } from '../helpers/access-pages.ts';
import { ROLES, type Role, type Row } from '../helpers/access-table.ts';
import { newWorld, type World } from '../helpers/access-world.ts';
import { type Answer, openApi, type TestApi, testApi } from '../helpers/http-api.ts';
import { REQUESTS } from '../helpers/http-requests.ts';

const ALL = [...API_AREAS, ...PAGE_AREAS].flatMap(({ rows }) => rows);
// Whoever is erased takes along what others would look at: that comes last.
const erases = ({ route }: Row) => /erase/.test(route);
const ROWS = [...ALL.filter((row) => !erases(row)), ...ALL.filter(erases)];
const roles = Object.keys(ROLES) as Role[];

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await openApi('empty', { env: { OPS_PASSWORD } });
  world = await newWorld(api);
});
afterAll(() => api.close());

/** What every answer must say, wherever it comes from. A captured mail is framed by our own page. */
function expectGuarded({ headers, text }: Answer<unknown>, said: string, framed = false): void {
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy, said).toContain("default-src 'none'");
  expect(policy, said).toContain(`frame-ancestors '${framed ? 'self' : 'none'}'`);
  // Bull Board's page has a base of its own.
  expect(policy, said).toMatch(/base-uri '(none|self)'/);
  expect(policy, said).toMatch(/form-action '(none|self)'/);
  // Without script-src, default-src holds for scripts, too.
  expect(policy, said).not.toMatch(/script-src[^;]*('unsafe|https?:|\*)/);
  expect(headers.get('x-content-type-options'), said).toBe('nosniff');
  expect(headers.get('x-frame-options'), said).toBe(framed ? 'SAMEORIGIN' : 'DENY');
  expect(headers.get('referrer-policy'), said).toMatch(/^(no-referrer|same-origin)$/);
  expect(headers.get('strict-transport-security'), said).toBe('max-age=31536000; includeSubDomains');
  expect(headers.get('x-powered-by'), said).toBeNull();
  for (const cookie of headers.getSetCookie())
    expect(cookie, said).toMatch(/^__Host-[\w-]+=.*; Path=\/;.* HttpOnly; Secure; SameSite=Lax$/);
  const type = headers.get('content-type');
  if (text !== '') expect(type, said).toMatch(/^(text|application|image)\/[\w.+-]+/);
  if (/text|json/.test(type ?? '')) expect(type, said).toMatch(/; charset=utf-8$/);
}

/** Where only some are let in, or a secret is handed out. */
const isPrivate = (row: Row) => row.who.nobody !== 'yes' || /\/(requests|sign-in|sessions)\b/.test(row.route);

describe('every answer guards itself', () => {
  it.each(ROWS)('$route, whoever asks', async (row) => {
    for (const role of roles) {
      for (const caller of callersOf(world, row, role)) {
        const answer = await ask(api, world, row, caller);
        const framed = row.route === 'get /dev/mail/{id}';
        expectGuarded(answer, `${row.route} ${role} ${answer.status}`, framed);
        const kept = answer.headers.get('cache-control') ?? '';
        if (isPrivate(row) && !row.route.includes('/requests/new')) {
          expect(kept, role).toBe('no-store');
        } else expect(kept.includes('public') && isApi(row), role).toBe(false);
      }
    }
  });

  it.each<[number, string, RequestInit]>([
    [400, '/api/v1/partners/%E0%A4%A', {}],
    [400, '/partners/%E0%A4%A', { headers: { accept: 'text/html' } }],
    [404, '/nothing', {}],
    [404, '/nothing', { headers: { accept: 'text/html' } }],
    [404, '/assets/0/none.js', {}],
    [404, '/ops', {}],
    [401, '/ops/queues', {}],
    [401, '/ops/queues/static/none.js', {}],
    [403, '/sign-in', { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } }],
    [405, '/api/v1/catalog', { method: 'POST' }],
    [413, REQUESTS, { method: 'POST', body: 'x'.repeat(100_001) }],
    [415, REQUESTS, { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } }],
  ])('a refusal, too: %d of %s', async (status, path, init) => {
    const answer = await api.call(path, init);
    expect(answer.status).toBe(status);
    expectGuarded(answer, `${status} ${path}`);
  });
});

it('a site without https does not ask browsers for it', async () => {
  const plain = await testApi('empty', { env: { PUBLIC_URL: 'http://terna.example' } });
  expect((await plain.call('/')).headers.get('strict-transport-security')).toBeNull();
});
