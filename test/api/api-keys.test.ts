import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const ME = '/api/v1/me';
const UNKNOWN = '00000000-0000-7000-8000-000000000000';
const partner = newPartner();

let api: TestApi;
beforeAll(async () => {
  api = await openApi('empty');
  await insertPartners(api.db, [partner]);
});
afterAll(() => api.close());

const newKey = (wanted: Parameters<typeof createApiKey>[2] = {}) =>
  createApiKey(api.db, { role: 'partner', partnerId: partner.id }, wanted);

it('a key that only reads gets 403 for whatever may change something', async () => {
  const token = await newKey({ scope: 'read' });
  expect((await api.call(ME, { token })).status).toBe(200);
  expect((await api.call(ME, { token, method: 'HEAD' })).status).toBe(200);
  for (const [method, path] of [
    ['PATCH', ME],
    ['POST', '/api/v1/pipelines'],
    ['PATCH', `/api/v1/deals/${UNKNOWN}`],
    ['POST', `/api/v1/deals/${UNKNOWN}/notes`],
    ['DELETE', `/api/v1/pipelines/${UNKNOWN}`],
  ] as const) {
    const { status, body, headers } = await api.call(path, { token, method, json: { name: 'x' } });
    expect([status, body.code, body.title], `${method} ${path}`).toEqual([
      403,
      'read_only_key',
      'Not allowed',
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
  }
  expect(await api.db.query('select id from pipelines')).toEqual([]);
  const writing = await newKey();
  expect((await api.call(ME, { token: writing, method: 'PATCH', json: { capacity: 3 } })).status).toBe(200);
});

it('an administrator’s key that only reads reads; in the wrong place it is no key at all', async () => {
  const token = await createApiKey(api.db, { role: 'admin' }, { scope: 'read' });
  expect((await api.call('/api/v1/admin/partners', { token })).status).toBe(200);
  const refused = await api.call('/api/v1/admin/partners', { token, json: {} });
  expect([refused.status, refused.body.code]).toEqual([403, 'read_only_key']);
  const astray = await api.call(ME, { token, method: 'PATCH', json: {} });
  expect([astray.status, astray.body.code]).toEqual([401, 'bad_credential']);
});

it('an expired key is like an unknown one', async () => {
  const token = await newKey({ days: 1 });
  await api.db.query('update api_keys set expires_at = now() where expires_at is not null');
  const [expired, unknown] = [await api.call(ME, { token }), await api.call(ME, { token: 'terna_nobody' })];
  expect([expired.status, expired.text]).toEqual([401, unknown.text]);
});

it('has its last use written at most once a minute, and of many at once one', async () => {
  await api.db.query('delete from api_keys');
  const token = await newKey();
  const lastUse = async () => {
    const [key] = await api.db.query<{ at: Date | null; row: string }>(
      'select last_used_at as at, xmin::text as row from api_keys',
    );
    return key;
  };
  const use = async () => expect((await api.call(ME, { token })).status).toBe(200);
  expect((await lastUse())?.at).toBeNull();
  await Promise.all([1, 2, 3, 4].map(use));
  const first = await lastUse();
  expect(first?.at).not.toBeNull();
  await use();
  expect(await lastUse()).toEqual(first);
  await api.db.query("update api_keys set last_used_at = now() - interval '61 seconds'");
  const moved = await lastUse();
  await use();
  expect((await lastUse())?.at?.getTime()).toBeGreaterThan(moved?.at?.getTime() ?? Number.NaN);
});
