import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { purgeExpired } from '../../db/retention.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { adminCookie, sessionCookieFor } from '../helpers/page-session.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

let api: TestApi;
let cookie: string;
let token: string;

beforeAll(async () => {
  api = await openApi('empty');
});
afterAll(() => api.close());

beforeEach(async () => {
  await api.db.query('delete from sessions');
  const partner = newPartner();
  await insertPartners(api.db, [partner]);
  cookie = await sessionCookieFor(api.db, partner.id);
  token = cookie.split('=')[1] ?? '';
});

const move = (column: 'last_used_at' | 'expires_at', by: string) =>
  api.db.query(`update sessions set ${column} = ${column} + $1::interval`, [by]);
const lastUse = async () => {
  const [row] = await api.db.query<{ age: number; row: string }>(
    'select extract(epoch from now() - last_used_at)::float8 as age, xmin::text as row from sessions',
  );
  return row ?? { age: Number.NaN, row: '' };
};
const page = async (accept = 'text/html') =>
  (await api.call('/workspace/settings', { redirect: 'manual', headers: { cookie, accept } })).status;
const call = async () => (await api.call('/api/v1/me', { token })).status;

describe.each([
  ['a page', page, 303],
  ['a call of the API', call, 401],
])('for %s, a session', (_, use, over) => {
  it('ends after three days without use', async () => {
    await move('last_used_at', '-2 days -23 hours -59 minutes');
    expect(await use()).toBe(200);
    await move('last_used_at', '-3 days');
    expect(await use()).toBe(over);
    expect((await lastUse()).age).toBeGreaterThan(3 * 86_400 - 60);
  });

  it('goes on with every use, but not beyond its fourteen days', async () => {
    for (let day = 2; day < 14; day += 2) {
      await move('last_used_at', '-2 days');
      await move('expires_at', '-2 days');
      expect(await use(), `day ${day}`).toBe(200);
    }
    await move('expires_at', '-2 days');
    expect(await use()).toBe(over);
  });

  it('has a use written once in five minutes, and of many at once one', async () => {
    const { row } = await lastUse();
    await use();
    await move('last_used_at', '-4 minutes');
    const moved = await lastUse();
    expect(moved.row).not.toBe(row);
    await use();
    expect((await lastUse()).row).toBe(moved.row);
    await move('last_used_at', '-2 minutes');
    await Promise.all([1, 2, 3, 4].map(() => use()));
    expect((await lastUse()).age).toBeLessThan(60);
  });
});

it('a session is not used by a page that only asks whether there is news', async () => {
  await move('last_used_at', '-1 day');
  await page('application/json');
  expect((await lastUse()).age).toBeGreaterThan(80_000);
  await page('text/html');
  expect((await lastUse()).age).toBeLessThan(60);
});

it('an administrator’s session ends alike', async () => {
  await api.db.query('delete from sessions');
  const headers = { cookie: await adminCookie(api.db) };
  const ask = async () => (await api.call('/admin/account', { redirect: 'manual', headers })).status;
  expect(await ask()).toBe(200);
  await move('last_used_at', '-3 days');
  expect(await ask()).toBe(303);
});

it('sessions that ended either way are deleted, others stay', async () => {
  const count = async () => (await api.db.query('select id from sessions')).length;
  await purgeExpired(api.db);
  expect(await count()).toBe(1);
  await move('last_used_at', '-3 days');
  await purgeExpired(api.db);
  expect(await count()).toBe(0);
  await adminCookie(api.db);
  await move('expires_at', '-14 days');
  await purgeExpired(api.db);
  expect(await count()).toBe(0);
});
