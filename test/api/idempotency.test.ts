import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { holdKeys } from '../../db/idempotency.ts';
import { type TestApi, testApi } from '../helpers/http-api.ts';
import { type Accepted, look, REQUESTS, send, written } from '../helpers/http-requests.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { requestBody } from '../helpers/requests.ts';

const KEY = '8e03978e-40d5-43dd-bc93-6894a57f9324';
const withKey = (key = KEY) => ({ 'idempotency-key': key });

describe('an Idempotency-Key', () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await testApi('empty');
  });

  const postText = (body: string, key = KEY) =>
    api.call<Accepted>(REQUESTS, {
      method: 'POST',
      body,
      headers: { ...withKey(key), 'content-type': 'application/json' },
    });

  it('makes the same body again the same request, with a fresh token', async () => {
    const first = await send(api, {}, withKey());
    const again = await send(api, {}, withKey());
    expect(again.id).toBe(first.id);
    expect(again.accessToken).not.toBe(first.accessToken);
    expect(again).toMatchObject({ mode: 'automated', status: 'received' });
    expect(again.trackingUrl).toContain(again.accessToken);
    expect((await look(api, first)).id).toBe((await look(api, again)).id);
    expect(await written(api)).toEqual({ requests: 1, tokens: 2, promises: 1, keys: 1 });
  });

  it('still replays after the request was routed', async () => {
    await insertPartners(api.db, [newPartner({ country: 'BR', primaryLanguage: 'pt' })]);
    const first = await send(api, {}, withKey());
    await api.deliver();
    const again = await send(api, {}, withKey());
    expect(again).toMatchObject({ id: first.id, status: 'received' });
    await api.deliver();
    const seen = await look(api, again);
    expect([seen.status, seen.matches.length]).toEqual(['routed', 1]);
  });

  it('with another body is 422 and writes nothing', async () => {
    await send(api, {}, withKey());
    const before = await written(api);
    const changed = requestBody({ project: { title: 'CRM setup', description: 'Three pipelines.' } });
    const { status, body } = await api.call(REQUESTS, { json: changed, headers: withKey() });
    expect(status).toBe(422);
    expect(body).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    expect(await written(api)).toEqual(before);
  });

  it('is nobody else’s: other keys and no key make requests of their own', async () => {
    const ids = [
      (await send(api, {}, withKey())).id,
      (await send(api, {}, withKey('another'))).id,
      (await send(api, {}, withKey(KEY.toUpperCase()))).id,
      (await send(api)).id,
      (await send(api)).id,
    ];
    expect(new Set(ids).size).toBe(5);
  });

  it('does not care for white space and the order of fields', async () => {
    const body = requestBody();
    const reversed = (value: unknown): unknown =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, reversed(inner)]),
          )
        : value;
    const first = await postText(JSON.stringify(body));
    const again = await postText(`\n ${JSON.stringify(reversed(body), null, 4)}\n`);
    expect([again.status, again.body.id]).toEqual([202, first.body.id]);
  });

  it('is not used up by a body that was refused', async () => {
    const refused = await api.call(REQUESTS, { json: requestBody({ consent: false }), headers: withKey() });
    expect(refused.status).toBe(422);
    expect((await send(api, {}, withKey())).status).toBe('received');
  });

  it('of a manual request replays even if the partner stopped accepting meanwhile', async () => {
    const partner = newPartner();
    await insertPartners(api.db, [partner]);
    const first = await send(api, { partnerId: partner.id }, withKey());
    await api.db.query('update partners set accepting = false');
    expect(await send(api, { partnerId: partner.id }, withKey())).toMatchObject({
      id: first.id,
      mode: 'manual',
    });
  });

  it('is 409 while its first use is under way, and fine afterwards', async () => {
    const keyHash = createHash('sha256').update(KEY).digest();
    const during = await api.db.transaction('job test', async (sql) => {
      expect(await holdKeys(sql, [keyHash])).toEqual([undefined]);
      return api.call(REQUESTS, { json: requestBody(), headers: withKey() });
    });
    expect(during.status).toBe(409);
    expect(during.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(during.body).toMatchObject({ status: 409, code: 'in_flight' });
    expect(await written(api)).toEqual({ requests: 0, tokens: 0, promises: 0, keys: 0 });
    expect((await send(api, {}, withKey())).status).toBe('received');
  });

  it('sent twenty times at once makes one request', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        api.call<Accepted>(REQUESTS, { json: requestBody(), headers: withKey() }),
      ),
    );
    expect(answers.every(({ status }) => status === 202 || status === 409)).toBe(true);
    const accepted = answers.filter(({ status }) => status === 202);
    expect(accepted.length).toBeGreaterThan(0);
    expect(new Set(accepted.map(({ body }) => body.id)).size).toBe(1);
    expect(new Set(accepted.map(({ body }) => body.accessToken)).size).toBe(accepted.length);
    expect(await written(api)).toEqual({ requests: 1, tokens: accepted.length, promises: 1, keys: 1 });
  });

  it.each([
    ['empty', ''],
    ['longer than 255 characters', 'k'.repeat(256)],
  ])('that is %s is refused with 400', async (_, key) => {
    const { status, body } = await api.call(REQUESTS, { json: requestBody(), headers: withKey(key) });
    expect([status, body?.code]).toEqual([400, 'bad_idempotency_key']);
    expect((await written(api)).requests).toBe(0);
  });

  it('may have 255 characters', async () => {
    expect((await postText(JSON.stringify(requestBody()), 'k'.repeat(255))).status).toBe(202);
  });
});
