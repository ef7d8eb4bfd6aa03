import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertTokens, mintToken, type Purpose } from '../../db/access-tokens.ts';
import { createApiKey } from '../../db/api-keys.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { type Accepted, look, REQUESTS, send } from '../helpers/http-requests.ts';

const UNKNOWN = '00000000-0000-7000-8000-000000000000';
const HOUR_MS = 3_600_000;

describe('who may look at a request', () => {
  let api: TestApi;
  let own: Accepted;
  let other: Accepted;

  beforeAll(async () => {
    api = await openApi('seeded');
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    own = await send(api);
    other = await send(api);
  });

  const get = (id: string, headers: Record<string, string> = {}) =>
    api.call(`${REQUESTS}/${id}`, { headers });
  const as = (token: string) => ({ authorization: `Bearer ${token}` });

  async function tokenFor(purpose: Purpose, subjectId: string, validMs = HOUR_MS): Promise<string> {
    const token = mintToken();
    await insertTokens(api.db, purpose, [{ token, subjectId }], validMs);
    return token;
  }

  it.each<[string, Record<string, string>]>([
    ['no credential', {}],
    ['an empty one', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['two words', { authorization: 'Bearer a b' }],
    ['a token alone', { authorization: 'abcdef' }],
  ])('is nobody with %s: 401', async (_, headers) => {
    const answer = await get(own.id, headers);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status: 401, code: 'no_credential' });
  });

  it('is nobody by a token in the URL', async () => {
    expect((await get(`${own.id}?access_token=${own.accessToken}`)).status).toBe(401);
  });

  it('cannot tell a foreign request from one that does not exist', async () => {
    const foreign = await get(other.id, as(own.accessToken));
    const unknown = await get(UNKNOWN, as(own.accessToken));
    const malformed = await get('not-an-id', as(own.accessToken));
    const injected = await get(`${own.id}'--`, as(own.accessToken));
    const nobody = await get(own.id, as(mintToken()));
    expect(foreign.status).toBe(404);
    expect(foreign.body).toMatchObject({ status: 404, code: 'not_found' });
    for (const answer of [unknown, malformed, injected, nobody]) {
      expect([answer.status, answer.text]).toEqual([404, foreign.text]);
      const names = ({ headers }: typeof foreign) => [...headers.keys()].sort();
      expect(names(answer)).toEqual(names(foreign));
    }
  });

  it('is nobody by a token that has expired', async () => {
    await api.db.query('update access_tokens set expires_at = now() where subject_id = $1', [own.id]);
    expect((await get(own.id, as(own.accessToken))).status).toBe(404);
  });

  it('is nobody by a token of another purpose', async () => {
    for (const purpose of ['feedback', 'sign-in'] as const) {
      expect((await get(own.id, as(await tokenFor(purpose, own.id)))).status).toBe(404);
    }
  });

  it('is nobody by an API key, not even an administrator’s', async () => {
    const key = await createApiKey(api.db, { role: 'admin' });
    expect((await get(own.id, as(key))).status).toBe(404);
  });

  it('is nobody by the hash of a token, however it is written', async () => {
    const [row] = await api.db.query<{ hash: Buffer }>(
      'select hash from access_tokens where subject_id = $1',
      [own.id],
    );
    for (const encoding of ['hex', 'base64', 'base64url'] as const) {
      expect((await get(own.id, as(row?.hash.toString(encoding) ?? ''))).status).toBe(404);
    }
  });

  it('is everybody with a valid token, of which there may be several', async () => {
    const second = await tokenFor('request', own.id);
    expect((await look(api, own)).id).toBe(own.id);
    expect((await look(api, { ...own, accessToken: second })).id).toBe(own.id);
  });

  it('may write the scheme and the id in another case', async () => {
    const answer = await get(own.id.toUpperCase(), { authorization: `bearer ${own.accessToken}` });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(own.id);
  });

  it('sees 404 once the request is purged, though the token is still kept', async () => {
    await api.db.query('delete from outbox');
    await api.db.query('delete from requests where id = $1', [own.id]);
    expect((await get(own.id, as(own.accessToken))).status).toBe(404);
  });

  it('gets an answer that no cache may keep', async () => {
    expect((await get(own.id, as(own.accessToken))).headers.get('cache-control')).toBe('no-store');
  });
});
