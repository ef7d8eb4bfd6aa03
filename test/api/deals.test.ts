import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import type { Page } from '../helpers/http-catalog.ts';
import { DEALS, type SeenDeal } from '../helpers/http-deals.ts';
import { type Accepted, look, REQUESTS, type SeenRequest, send } from '../helpers/http-requests.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { requestBody } from '../helpers/requests.ts';

const UNKNOWN = '00000000-0000-7000-8000-000000000000';

const client = {
  name: `Zoë O'Neil <b>`,
  email: 'zoe@example.com',
  phone: '+55 11 5555 0100',
  company: 'Padaria',
  locale: 'en',
};
const project = {
  title: 'CRM setup',
  description: 'Two pipelines.',
  budget: { amount: '1500.5', currency: 'BRL' },
  deadline: '2027-01-31',
};

describe('a partner’s deals', () => {
  let api: TestApi;
  let accepted: Accepted;
  let request: SeenRequest;
  const keys = new Map<string, string>();

  beforeAll(async () => {
    api = await openApi('empty');
    const partners = [newPartner(), newPartner(), newPartner({ locale: 'pt-BR' })];
    await insertPartners(api.db, partners);
    for (const { id } of partners)
      keys.set(id, await createApiKey(api.db, { role: 'partner', partnerId: id }));
    accepted = await send(api, { client, project, criteria: { services: ['crm-setup'] } });
    await api.deliver();
    request = await look(api, accepted);
  });
  afterAll(() => api.close());

  const dealsOf = async (partnerId: string) =>
    (await api.call<Page<SeenDeal>>(DEALS, { token: keys.get(partnerId) ?? '' })).body.data;

  it('hold the request with everything about the project and the contact', async () => {
    expect(request.matches).toHaveLength(3);
    for (const { partner } of request.matches) {
      const [deal, ...more] = await dealsOf(partner.id);
      expect(more).toEqual([]);
      expect(deal).toMatchObject({
        requestId: accepted.id,
        version: 1,
        stage: { id: expect.any(String), kind: 'new' },
        pipeline: { id: expect.any(String), name: 'SendPulse Leads' },
        project: { ...project, budget: { amount: '1500.50', currency: 'BRL' } },
        client,
        lostReason: null,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      });
    }
  });

  it('have stages named in the partner’s language', async () => {
    const names = [];
    for (const id of keys.keys()) names.push((await dealsOf(id))[0]?.stage.name);
    expect(names).toEqual(['New', 'New', 'Novo']);
  });

  it('can be read one by one, the same as in the list', async () => {
    for (const [partnerId, token] of keys) {
      const [deal] = await dealsOf(partnerId);
      const { status, body } = await api.call<SeenDeal>(`${DEALS}/${deal?.id}`, { token });
      expect(status).toBe(200);
      const { timeline, ...rest } = body as SeenDeal & { timeline: unknown[] };
      expect(rest).toEqual(deal);
      expect(timeline).toMatchObject([{ event: 'opened', actor: 'system' }]);
    }
  });

  it('are 404 for another partner, as if they did not exist', async () => {
    const [mine = '', other = ''] = [...keys.keys()];
    const [deal] = await dealsOf(mine);
    const token = keys.get(other) ?? '';
    const foreign = await api.call(`${DEALS}/${deal?.id}`, { token });
    expect(foreign.status).toBe(404);
    for (const id of [UNKNOWN, 'not-an-id', "'--"]) {
      const { status, text } = await api.call(`${DEALS}/${id}`, { token });
      expect([status, text]).toEqual([404, foreign.text]);
    }
  });

  it('say nothing of the other partners', async () => {
    const [mine = '', ...others] = [...keys.keys()];
    const { text } = await api.call(DEALS, { token: keys.get(mine) ?? '' });
    for (const id of others) expect(text).not.toContain(id);
  });

  it.each<[string, () => Promise<string | undefined>]>([
    ['no key', async () => undefined],
    ['an administrator’s key', () => createApiKey(api.db, { role: 'admin' })],
    ['a client’s token', async () => accepted.accessToken],
    ['an unknown key', async () => `terna_${'x'.repeat(43)}`],
    [
      'a revoked key',
      async () => {
        const [partnerId = ''] = keys.keys();
        const key = await createApiKey(api.db, { role: 'partner', partnerId });
        await api.db.query('update api_keys set revoked_at = now() where hash = sha256($1::bytea)', [
          Buffer.from(key),
        ]);
        return key;
      },
    ],
  ])('are 401 with %s', async (_, credential) => {
    const token = await credential();
    for (const path of [DEALS, `${DEALS}/${UNKNOWN}`]) {
      const answer = await api.call(path, token === undefined ? {} : { token });
      expect([answer.status, answer.body.status]).toEqual([401, 401]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('exist at once for a request that was chosen by hand, too', async () => {
    const [partnerId = ''] = keys.keys();
    const { body } = await api.call<Accepted>(REQUESTS, { json: requestBody({ partnerId }) });
    await api.deliver();
    const deals = await dealsOf(partnerId);
    expect(deals.map((deal) => deal.requestId)).toEqual([body.id, accepted.id]);
  });
});
