import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertTokens, mintToken } from '../../db/access-tokens.ts';
import { createApiKey } from '../../db/api-keys.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { DEALS, type SeenDeal } from '../helpers/http-deals.ts';
import { type Accepted, look, send } from '../helpers/http-requests.ts';
import { insertPartners, newPartner, type TestPartner } from '../helpers/partners.ts';

const HOSTILE = "Zoë O'Neil <b>";
const ESCAPED = "Zoë O'Neil &lt;b>";
const UNKNOWN = '00000000-0000-7000-8000-000000000000';

let api: TestApi;
beforeAll(async () => {
  api = await openApi('empty', { env: { MATCHING_POLICY: 'top' } });
});
beforeEach(() => api.db.query('truncate requests, partners, access_tokens, outbox cascade'));
afterAll(() => api.close());

/** Partners in a catalog of their own, best first; the first three are the ones that are asked. */
async function partners(count: number, overrides: Partial<TestPartner> = {}): Promise<TestPartner[]> {
  const all = Array.from({ length: count }, (_, index) =>
    newPartner({ name: `Partner ${'ABCDEFGH'[index]}`, rank: 90 - index, ...overrides }),
  );
  await insertPartners(api.db, all);
  return all;
}

/** A request for CRM setup in Brazil; `deliver: false` leaves it waiting for its partners. */
async function asked(overrides: Record<string, unknown> = {}, { deliver = true } = {}) {
  const accepted = await send(api, { criteria: { services: ['crm-setup'], country: 'BR' }, ...overrides });
  if (deliver) await api.deliver();
  const path = new URL(accepted.trackingUrl).pathname;
  return { accepted, path };
}

const open = (path: string, lang = 'en') => api.call(path, { headers: { 'accept-language': lang } });
const statusOf = async (accepted: Accepted) => (await look(api, accepted)).status;
const version = async (path: string) => (await api.call<{ version: string }>(`${path}/state`)).body.version;

function post(path: string, fields: Record<string, string> | [string, string][] = {}) {
  return api.call(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
    headers: { 'accept-language': 'en' },
  });
}

/** A partner moves its deal of a request. */
async function move(partner: TestPartner | undefined, { id }: Accepted, patch: object): Promise<void> {
  const token = await createApiKey(api.db, { role: 'partner', partnerId: partner?.id ?? '' });
  const { body } = await api.call<{ data: SeenDeal[] }>(DEALS, { token });
  const deal = body.data.find(({ requestId }) => requestId === id);
  const answer = await api.call(`${DEALS}/${deal?.id}`, { method: 'PATCH', token, json: patch });
  expect(answer.status, answer.text).toBe(200);
  await api.deliver();
}

describe('a request’s page shows', () => {
  it('that partners are being looked for, and thanks who has just sent it', async () => {
    await partners(3);
    const { path } = await asked({}, { deliver: false });
    const { status, text } = await open(`${path}?new=1`);
    expect(status).toBe(200);
    expect(text).toContain('Thank you, Ana Souza! Your request is in.');
    expect(text).toContain('Looking for the right partners');
    expect(text).not.toContain('Partner A');
    expect((await open(path)).text).not.toContain('Thank you');
  });

  it('the partners asked, why they were picked, and how long they have', async () => {
    await partners(4);
    const { path } = await asked();
    const { text } = await open(path);
    expect(text).toContain('3 partners have your request');
    for (const name of ['Partner A', 'Partner B', 'Partner C']) expect(text).toContain(`>${name}</a>`);
    expect(text).not.toContain('Partner D');
    expect(text).toContain('Offers every service asked for: CRM setup');
    expect(text).toContain('If nobody answers within 3 days');
    expect(text.match(/No answer yet/g)).toHaveLength(3);
    expect(text).not.toContain('Fewer than three');
  });

  it('openly that fewer than three match', async () => {
    await partners(2);
    const { path } = await asked();
    expect((await open(path)).text).toContain('only 2 partners in the catalog meet all your criteria');
  });

  it('who has answered and who declined', async () => {
    const [first, second] = await partners(3);
    const { accepted, path } = await asked();
    await move(first, accepted, { stage: 'in_progress' });
    await move(second, accepted, { stage: 'lost' });
    const { text } = await open(path);
    expect(text).toContain('A partner has answered');
    expect(text).toMatch(/Has answered<\/span><small[^>]*>Answered on <time datetime="/);
    expect(text).toContain('Declined');
  });

  it('what a request to one chosen partner is like', async () => {
    const [chosen] = await partners(4);
    const { path } = await asked({ partnerId: chosen?.id });
    const { text } = await open(`${path}?new=1`);
    expect(text).toContain('It goes to the partner you chose.');
    expect(text).toContain('You chose this partner yourself');
    expect(text).not.toContain('Fewer than three');
  });

  it('that the project is completed, and where the feedback link is', async () => {
    const [first] = await partners(3);
    const { accepted, path } = await asked();
    await move(first, accepted, { stage: 'won' });
    const { text } = await open(path);
    expect(text).toContain('Your project is completed');
    expect(text).toContain('was sent to you by email');
    expect(text).not.toContain('Cancel the request');
  });

  it('everything in the reader’s language', async () => {
    await partners(3);
    const { path } = await asked({}, { deliver: false });
    expect((await open(path, 'pt-BR')).text).toContain('Procurando os parceiros certos');
    await api.deliver();
    const { text } = await open(path, 'pt-BR');
    expect(text).toContain('3 parceiros receberam sua solicitação');
    expect(text).toContain('Oferece todos os serviços pedidos: Configuração de CRM');
  });

  it('what was asked, and every name, as text', async () => {
    await partners(3, { name: HOSTILE, title: '<i>CRM</i>' });
    const client = { name: HOSTILE, email: 'zoe@example.com', locale: 'en' };
    const budget = { amount: '1500.00', currency: 'BRL' };
    const project = { title: `<i>${HOSTILE}`, description: '<script>', budget, deadline: '2027-03-01' };
    const { path } = await asked({ client, project });
    const { text } = await open(`${path}?new=1`);
    expect(text).toContain(`Thank you, ${ESCAPED}!`);
    expect(text).toContain(`<h1>&lt;i>${ESCAPED}</h1>`);
    expect(text).toContain('R$1,500.00');
    expect(text).toContain('March 1, 2027');
    expect(text).not.toMatch(/<b>|<i>|<script>/);
  });
});

describe('a request’s page', () => {
  it('opens with its own link only, and is kept by nobody', async () => {
    await partners(3);
    const mine = await asked();
    const other = await asked();
    const { headers } = await open(mine.path);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toBe('noindex, nofollow');
    const foreign = `/requests/${mine.accepted.id}/${other.accepted.accessToken}`;
    const feedback = mintToken();
    await insertTokens(api.db, 'feedback', [{ token: feedback, subjectId: mine.accepted.id }], 60_000);
    const expired = mintToken();
    await insertTokens(api.db, 'request', [{ token: expired, subjectId: mine.accepted.id }], -1_000);
    const closed = [
      foreign,
      `/requests/${UNKNOWN}/${mine.accepted.accessToken}`,
      `/requests/nobody/${mine.accepted.accessToken}`,
      ...[feedback, expired, 'x', '%00'].map((token) => `/requests/${mine.accepted.id}/${token}`),
    ];
    for (const path of closed) {
      expect((await open(path)).status, path).toBe(404);
      expect((await open(`${path}/state`)).status, path).toBe(404);
      for (const deed of ['choice', 'forward', 'criteria', 'cancel'])
        expect((await post(`${path}/${deed}`)).status, path).toBe(404);
    }
    expect(await statusOf(mine.accepted)).toBe('routed');
  });

  it('does nothing when it is only looked at', async () => {
    await partners(3);
    const { accepted, path } = await asked();
    for (const deed of ['choice', 'forward', 'criteria', 'cancel']) {
      const { status, headers } = await api.call(`${path}/${deed}`, { redirect: 'manual' });
      expect([status, headers.get('location')]).toEqual([303, path]);
    }
    expect(await statusOf(accepted)).toBe('routed');
  });

  it('has a version that changes with every piece of news, and only then', async () => {
    const [first] = await partners(3);
    const { accepted, path } = await asked({}, { deliver: false });
    const seen = [await version(path)];
    expect(await version(path)).toBe(seen[0]);
    expect((await open(path)).text).toContain(`data-version="${seen[0]}"`);
    await api.deliver();
    seen.push(await version(path));
    await move(first, accepted, { stage: 'in_progress' });
    seen.push(await version(path));
    await post(`${path}/choice`, { partnerId: first?.id ?? '' });
    seen.push(await version(path));
    expect(new Set(seen).size).toBe(4);
    expect((await api.call(`${path}/state`)).headers.get('cache-control')).toBe('no-store');
  });
});

describe('a client chooses', () => {
  it('one partner, and the others are out of it', async () => {
    const [first, second] = await partners(3);
    const { accepted, path } = await asked();
    await move(first, accepted, { stage: 'in_progress' });
    for (let press = 1; press <= 2; press += 1) {
      const { status, headers } = await post(`${path}/choice`, { partnerId: first?.id ?? '' });
      expect([status, headers.get('location')]).toEqual([303, `${path}?done=chosen`]);
    }
    const { text } = await open(`${path}?done=chosen`);
    expect(text).toContain('Your choice has been saved.');
    expect(text).toContain('You chose Partner A');
    expect(text.match(/No longer involved/g)).toHaveLength(2);
    expect(text).not.toContain('Choose this partner');
    const late = await post(`${path}/choice`, { partnerId: second?.id ?? '' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('That is no longer possible');
    expect(late.text).toContain('You chose Partner A');
    expect(late.text).toContain(`href="${path}?lang=pt-BR"`);
  });

  it('nobody who declined or was never asked', async () => {
    const [first, , , fourth] = await partners(4);
    const { accepted, path } = await asked();
    await move(first, accepted, { stage: 'lost' });
    const gone = await post(`${path}/choice`, { partnerId: first?.id ?? '' });
    expect(gone.status).toBe(409);
    expect(gone.text).toContain('no longer available for your request');
    // The fourth was asked in the place of the first.
    expect((await post(`${path}/choice`, { partnerId: fourth?.id ?? '' })).status).toBe(303);
    const stranger = await post(`${path}/choice`, { partnerId: UNKNOWN });
    expect(stranger.status).toBe(409);
    expect((await post(`${path}/choice`)).status).toBe(422);
    expect((await post(`${path}/choice`, { partnerId: "x' or 1" })).status).toBe(422);
  });
});

describe('a client who is invited', () => {
  async function invited() {
    const all = await partners(5);
    const { accepted, path } = await asked({ partnerId: all[0]?.id });
    await move(all[0], accepted, { stage: 'lost' });
    expect(await statusOf(accepted)).toBe('invited');
    return { all, accepted, path };
  }

  it('sees whom else it can ask, and sends the request there', async () => {
    const { all, accepted, path } = await invited();
    const { text } = await open(path);
    expect(text).toContain('Choose another partner');
    expect(text.match(/Send to this partner/g)).toHaveLength(4);
    expect(text).toContain('href="/?services=crm-setup&amp;country=BR"');
    for (let press = 1; press <= 2; press += 1) {
      const { status, headers } = await post(`${path}/forward`, { partnerId: all[1]?.id ?? '' });
      expect([status, headers.get('location')]).toEqual([303, `${path}?done=forwarded`]);
    }
    await api.deliver();
    expect(await statusOf(accepted)).toBe('routed');
    expect((await open(`${path}?done=forwarded`)).text).toContain('A partner has your request');
    const late = await post(`${path}/forward`, { partnerId: all[2]?.id ?? '' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('cannot be sent to another one now');
  });

  it('finds somebody by name, but not who has the request already', async () => {
    const { path } = await invited();
    const search = async (q: string) => (await open(`${path}?q=${encodeURIComponent(q)}`)).text;
    expect(await search('partner e')).toContain('Partners found for “partner e”');
    expect(await search('partner a')).toContain('No partner found for “partner a”');
    expect(await search('<b>')).toContain('No partner found for “&lt;b>”');
  });

  it('is told when a partner takes no requests, or is not there', async () => {
    const { all, path } = await invited();
    await api.db.query('update partners set accepting = false where id = $1', [all[1]?.id]);
    const paused = await post(`${path}/forward`, { partnerId: all[1]?.id ?? '' });
    expect(paused.status).toBe(409);
    expect(paused.text).toContain('takes no new requests at the moment');
    const unknown = await post(`${path}/forward`, { partnerId: UNKNOWN });
    expect(unknown.status).toBe(422);
    expect(unknown.text).toContain('no longer in the catalog');
  });
});

describe('a client whom nobody matches', () => {
  const criteria = { services: ['crm-setup', 'landing-pages'], country: 'BR', tier: 'gold' };

  it('sees which wish is in the way, and who meets all others', async () => {
    await partners(4, { services: ['crm-setup', 'landing-pages'] });
    const { path } = await asked({ criteria });
    const { text } = await open(path);
    expect(text).toContain('Nobody meets all of your criteria');
    expect(text).toContain('One criterion is in the way');
    expect(text).toMatch(/Search without: Gold Partner<small[^>]*>4 partners/);
    expect(text).not.toContain('Search without: Brazil');
    expect(text).toContain('These partners meet all your criteria but one: Gold Partner.');
    expect(text.match(/Send to this partner/g)).toHaveLength(4);
    expect(text).toContain('href="/?services=crm-setup,landing-pages&amp;country=BR"');
  });

  it('asks for less, and is matched anew', async () => {
    await partners(3);
    const { accepted, path } = await asked({ criteria });
    expect((await open(path)).text).toContain('Giving up a single criterion is not enough');
    const { status, headers } = await post(`${path}/criteria`, [
      ['services', 'crm-setup'],
      ['country', 'BR'],
      ['language', ''],
      ['partnerType', ''],
      ['tier', ''],
    ]);
    expect([status, headers.get('location')]).toEqual([303, `${path}?done=widened`]);
    expect((await open(`${path}?done=widened`)).text).toContain('We are looking again');
    await api.deliver();
    expect(await statusOf(accepted)).toBe('routed');
    const late = await post(`${path}/criteria`);
    expect(late.status).toBe(409);
    expect(late.text).toContain('Partners have been found in the meantime');
  });

  it('wants anything where a form says nothing', async () => {
    await partners(3);
    const { accepted, path } = await asked({ criteria });
    await post(`${path}/criteria`);
    const rows = await api.db.query('select services, country, tier from requests where id = $1', [
      accepted.id,
    ]);
    expect(rows).toEqual([{ services: [], country: null, tier: null }]);
  });

  it('can send it to somebody itself', async () => {
    const [first] = await partners(3);
    const { accepted, path } = await asked({ criteria });
    expect((await post(`${path}/forward`, { partnerId: first?.id ?? '' })).status).toBe(303);
    expect(await statusOf(accepted)).toBe('routed');
  });

  it.each<[string, Record<string, string>]>([
    ['a service', { services: 'alchemy' }],
    ['a country', { country: 'XX' }],
    ['a field', { colour: 'red' }],
  ])('cannot ask for %s that is not known', async (_, fields) => {
    const { path } = await asked({ criteria });
    expect((await post(`${path}/criteria`, fields)).status).toBe(422);
  });
});

describe('a client cancels', () => {
  it('once and for all', async () => {
    await partners(3);
    const { accepted, path } = await asked();
    for (let press = 1; press <= 2; press += 1) {
      const { status, headers } = await post(`${path}/cancel`);
      expect([status, headers.get('location')]).toEqual([303, `${path}?done=cancelled`]);
    }
    expect(await statusOf(accepted)).toBe('cancelled');
    const { text } = await open(`${path}?done=cancelled`);
    expect(text).toContain('You canceled this request');
    expect(text).not.toMatch(/<form method="post" action="\/requests/);
  });

  it('no completed project', async () => {
    const [first] = await partners(3);
    const { accepted, path } = await asked();
    await move(first, accepted, { stage: 'won' });
    const { status, text } = await post(`${path}/cancel`);
    expect(status).toBe(409);
    expect(text).toContain('Your project is completed');
  });
});
