import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, PUBLIC_URL, type TestApi } from '../helpers/http-api.ts';
import { type Accepted, look, REQUESTS, send } from '../helpers/http-requests.ts';
import { requestBody } from '../helpers/requests.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TOKEN = /^[\w-]{43}$/;

describe('an accepted request', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi('seeded');
  });
  afterAll(() => api.close());

  it('is answered 202 with its place, a token and the page to follow it on', async () => {
    const { status, headers, body } = await api.call<Accepted>(REQUESTS, { json: requestBody() });
    expect(status).toBe(202);
    expect(Object.keys(body).sort()).toEqual(['accessToken', 'id', 'mode', 'status', 'trackingUrl']);
    expect(body).toMatchObject({ mode: 'automated', status: 'received' });
    expect(body.id).toMatch(UUID);
    expect(body.accessToken).toMatch(TOKEN);
    expect(body.trackingUrl).toBe(`${PUBLIC_URL}/requests/${body.id}/${body.accessToken}`);
    expect(headers.get('location')).toBe(`${REQUESTS}/${body.id}`);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('can be looked at with its token before anybody worked on it', async () => {
    const accepted = await send(api);
    const seen = await look(api, accepted);
    expect(seen).toMatchObject({
      id: accepted.id,
      mode: 'automated',
      status: 'received',
      answerDueAt: null,
      matches: [],
    });
  });

  it('is one commit: the row, the hash of the token but never the token, and the promise to match', async () => {
    const { id, accessToken } = await send(api, {
      client: { name: 'Zoë', email: 'zoe@example.com', phone: '+1', company: 'Z', locale: 'en' },
      project: {
        title: 'T',
        description: 'D',
        budget: { amount: '1500.00', currency: 'BRL' },
        deadline: '2027-01-31',
      },
      criteria: {
        services: ['crm-setup'],
        country: 'BR',
        language: 'pt',
        partnerType: 'agency',
        tier: 'silver',
      },
    });
    const [row] = await api.db.query('select * from requests where id = $1', [id]);
    expect(row).toMatchObject({
      mode: 'automated',
      client_name: 'Zoë',
      client_email: 'zoe@example.com',
      client_phone: '+1',
      client_company: 'Z',
      locale: 'en',
      title: 'T',
      description: 'D',
      budget_amount: '1500.00',
      budget_currency: 'BRL',
      deadline: '2027-01-31',
      services: ['crm-setup'],
      country: 'BR',
      language: 'pt',
      partner_type: 'agency',
      tier: 'silver',
      partner_id: null,
    });
    const tokens = await api.db.query<{ hash: Buffer; purpose: string }>(
      'select hash, purpose from access_tokens where subject_id = $1',
      [id],
    );
    const hash = createHash('sha256').update(accessToken).digest();
    expect(tokens).toEqual([{ hash, purpose: 'request' }]);
    const promises = await api.db.query(
      "select job, payload from outbox where payload ->> 'requestId' = $1",
      [id],
    );
    expect(promises).toEqual([{ job: 'match-request', payload: { requestId: id } }]);
    const [kept] = await api.db.query<{ everything: string }>(
      `select concat((select string_agg(t::text, '') from access_tokens t), (select string_agg(r::text, '') from requests r),
         (select string_agg(o::text, '') from outbox o)) as everything`,
    );
    expect(kept?.everything).not.toContain(accessToken);
  });

  it('needs nothing but what the contract requires', async () => {
    const { status } = await api.call(REQUESTS, {
      json: {
        client: { name: 'Ana', email: 'ana@example.com' },
        project: { title: 'T', description: 'D' },
        criteria: {},
        consent: true,
      },
    });
    expect(status).toBe(202);
  });
});
