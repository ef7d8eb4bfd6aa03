import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../log.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { openRaw, statuses } from '../helpers/http-raw.ts';
import { adminCookie, sessionCookieFor } from '../helpers/page-session.ts';

const OPS_PASSWORD = 'let me in please';

let api: TestApi;
let partnerId: string;
const errors: string[] = [];
beforeAll(async () => {
  const log = createLog('silent');
  log.error = ((...said: unknown[]) => errors.push(JSON.stringify(said))) as typeof log.error;
  api = await openApi('seeded', { env: { OPS_PASSWORD }, log });
  const [partner] = await api.db.query<{ id: string }>('select id from partners order by id limit 1');
  partnerId = partner?.id ?? '';
});
afterAll(() => api.close());

/** Sends an address as it is; `fetch` would tidy it up first. */
async function get(address: string): Promise<string> {
  const { closed } = openRaw(
    api.port,
    `GET ${address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
  );
  return closed;
}

describe('addresses that nobody would type', () => {
  it.each([
    '//',
    '///',
    '//[',
    '//x//evil.example',
    '/..//evil.example',
    '/%2e%2e//evil.example',
    '/\\evil.example',
  ])('%s is a page of ours that links to nobody else', async (address) => {
    const answer = await get(address);
    expect(statuses(answer)[0]).toBeLessThan(500);
    expect(answer).not.toMatch(/(?:href|action|src)="(?:\/\/|\/\\|https?:)/);
    expect(errors).toEqual([]);
  });

  it.each(['/workspace/a;b', '/admin/x;Domain=evil', '/workspace/%00', '/workspace/é'])(
    '%s leads to signing in, and is not remembered',
    async (address) => {
      const answer = await get(encodeURI(address).replace('%2500', '%00'));
      expect(statuses(answer)).toEqual([303]);
      expect(answer).toContain('Location: /sign-in');
      expect(errors).toEqual([]);
    },
  );
});

describe('signing in leads on', () => {
  const next = async (path: string, headers: Record<string, string> = {}) => {
    const { status, headers: given } = await api.call(path, { redirect: 'manual', headers });
    const cookie = given.getSetCookie().find((each) => each.startsWith('__Host-terna-next='));
    return [status, cookie?.split(';')[0]?.slice('__Host-terna-next='.length)];
  };

  it('to the page that was asked for, not to what a page asked for news', async () => {
    expect(await next('/workspace/rank')).toEqual([303, '/workspace/rank']);
    expect(await next('/workspace/board/state?pipeline=1', { accept: 'application/json' })).toEqual([
      401,
      undefined,
    ]);
  });

  it('to the page of the form that was sent when the session was over, which keeps the text', async () => {
    const text = `A long note that took me ten minutes to write. ${'x'.repeat(30)} <b>`;
    const answer = await api.call('/workspace/deals/01935bd8-b098-70b5-b5b4-9181d0692ad9/notes', {
      method: 'POST',
      body: new URLSearchParams({ text }),
      headers: { referer: `${api.origin}/workspace/deals/01935bd8-b098-70b5-b5b4-9181d0692ad9` },
    });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain(text.replace('<b>', '&lt;b'));
    expect(answer.headers.getSetCookie().join()).toContain(
      '__Host-terna-next=/workspace/deals/01935bd8-b098-70b5-b5b4-9181d0692ad9;',
    );
  });
});

it('the language links of an error after a form lead to a page', async () => {
  const cookie = await sessionCookieFor(api.db, partnerId);
  const { status, text } = await api.call('/workspace/deals/nothing/notes', {
    method: 'POST',
    body: new URLSearchParams({ text: 'x' }),
    headers: { cookie },
  });
  expect(status).toBe(404);
  expect(text).toContain('href="/?lang=pt-BR"');
});

it('a line break counts as one character, as the browser counted it', async () => {
  const cookie = await sessionCookieFor(api.db, partnerId);
  const about = `${'a'.repeat(99)}\r\n`.repeat(100);
  const { text } = await api.call('/workspace/profile', {
    method: 'POST',
    body: new URLSearchParams({ about }),
    headers: { cookie },
  });
  expect(text).toContain('aria-invalid');
  expect(text).not.toContain('id="f-about-error"');
});

it('what another site posts to the dashboard of the queues is refused', async () => {
  const authorization = `Basic ${Buffer.from(`ops:${OPS_PASSWORD}`).toString('base64')}`;
  const add = (headers: Record<string, string>) =>
    api.call('/ops/queues/api/queues/match-request/add', {
      method: 'POST',
      body: 'x',
      headers: { authorization, ...headers },
    });
  expect((await add({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await add({ origin: 'https://evil.example' })).status).toBe(403);
});

it('a cursor of the year 0 is none', async () => {
  const cookie = await adminCookie(api.db);
  const cursor = Buffer.from('["0000-01-01T00:00:00Z","11111111-1111-4111-8111-111111111111"]').toString(
    'base64url',
  );
  expect((await api.call(`/admin/jobs?cursor=${cursor}`, { headers: { cookie } })).status).toBe(422);
  expect(errors).toEqual([]);
});
