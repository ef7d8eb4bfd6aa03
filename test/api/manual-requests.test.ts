import { describe, expect, it } from 'vitest';
import { testApi } from '../helpers/http-api.ts';
import { look, mailsTo, REQUESTS, send, sendAndRoute, without, written } from '../helpers/http-requests.ts';
import { insertPartners, newPartner, type TestPartner } from '../helpers/partners.ts';
import { requestBody } from '../helpers/requests.ts';

const client = { name: 'Ana Souza', email: 'ana@example.com', locale: 'en' };
const UNKNOWN = '00000000-0000-7000-8000-000000000000';

/** An app with three partners that take everything, and one that is made to order. */
async function withPartner(overrides: Partial<TestPartner> = {}) {
  const api = await testApi('empty');
  const chosen = newPartner({ name: 'The Chosen', ...overrides });
  await insertPartners(api.db, [chosen, newPartner(), newPartner(), newPartner()]);
  const post = (partnerId: unknown) => api.call(REQUESTS, { json: requestBody({ client, partnerId }) });
  return { api, chosen, post };
}

describe('a request to one chosen partner', () => {
  it('goes to that partner alone', async () => {
    const { api, chosen } = await withPartner();
    const seen = await sendAndRoute(api, { client, partnerId: chosen.id });
    expect(seen).toMatchObject({ mode: 'manual', status: 'routed' });
    expect(seen.matches.map(({ partner }) => partner.id)).toEqual([chosen.id]);
    expect(seen.matches[0]).toMatchObject({
      status: 'sent',
      reasons: ['Chosen by the client'],
      answeredAt: null,
    });
    expect(Date.parse(seen.answerDueAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('is told to the client and to that partner', async () => {
    const { api, chosen } = await withPartner();
    await sendAndRoute(api, { client, partnerId: chosen.id });
    const [toClient] = await mailsTo(api, client.email);
    expect(toClient?.text).toContain('We sent your request to the partner you chose.');
    const [toPartner, ...more] = await mailsTo(api, chosen.email);
    expect(toPartner).toMatchObject({ template: 'lead-new', locale: 'en' });
    expect(toPartner?.text).toContain('The client is waiting to hear from you.');
    expect(more).toEqual([]);
  });

  it('does not speak of several partners in the client’s mail', async () => {
    const { api, chosen } = await withPartner();
    await sendAndRoute(api, { client, partnerId: chosen.id });
    const [mail] = await mailsTo(api, client.email);
    expect(mail?.text).not.toContain('Each of them');
  });

  it('needs no criteria', async () => {
    const { api, chosen } = await withPartner();
    const body = without(requestBody({ partnerId: chosen.id }), 'criteria');
    expect((await api.call(REQUESTS, { json: body })).status).toBe(202);
  });

  it('may name the partner in upper case', async () => {
    const { api, chosen } = await withPartner();
    const seen = await sendAndRoute(api, { client, partnerId: chosen.id.toUpperCase() });
    expect(seen.matches[0]?.partner.id).toBe(chosen.id);
  });

  it('asks neither for capacity nor for fitting criteria', async () => {
    const { api, chosen } = await withPartner({ capacity: 1, liveLeads: 1, country: 'PT', services: [] });
    const seen = await sendAndRoute(api, { client, partnerId: chosen.id });
    expect(seen.status).toBe('routed');
  });

  it('is refused with 409 when the partner does not accept', async () => {
    const { api, chosen, post } = await withPartner({ accepting: false });
    const { status, headers, body } = await post(chosen.id);
    expect(status).toBe(409);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ status: 409, code: 'not_accepting' });
    expect(await written(api)).toEqual({ requests: 0, tokens: 0, promises: 0, keys: 0 });
  });

  it('still goes to a partner who stopped accepting after it was taken in', async () => {
    const { api, chosen } = await withPartner();
    const accepted = await send(api, { client, partnerId: chosen.id });
    await api.db.query('update partners set accepting = false where id = $1', [chosen.id]);
    await api.deliver();
    expect((await look(api, accepted)).status).toBe('routed');
  });

  it.each<[string, Partial<TestPartner> | undefined]>([
    ['nobody knows', undefined],
    ['is not listed', { listed: false }],
  ])('is refused with 422 when the partner %s', async (_, overrides) => {
    const { api, chosen, post } = await withPartner(overrides);
    const { status, body } = await post(overrides ? chosen.id : UNKNOWN);
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { pointer: '/partnerId', code: 'unknown_partner', detail: expect.any(String) },
    ]);
    expect(await written(api)).toEqual({ requests: 0, tokens: 0, promises: 0, keys: 0 });
  });

  it.each([
    ['a slug', 'partner-x'],
    ['a number', 7],
    ['empty', ''],
  ])('is refused with 422 when the partner’s id is %s', async (_, partnerId) => {
    const { post } = await withPartner();
    const { status, body } = await post(partnerId);
    expect(status).toBe(422);
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(['/partnerId']);
  });
});
