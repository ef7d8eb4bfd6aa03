import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { atWork } from '../helpers/board-pages.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { DEALS, type SeenDeal } from '../helpers/http-deals.ts';
import { type Accepted, mailsTo, REQUESTS, send } from '../helpers/http-requests.ts';
import { adminCookie } from '../helpers/page-session.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { sendForm, typed } from '../helpers/request-form.ts';

const ANA = 'ana@example.com';

let api: TestApi;
const partner = newPartner();
let key: string;
beforeAll(async () => {
  api = await openApi('empty');
  await insertPartners(api.db, [partner]);
  key = await createApiKey(api.db, { role: 'partner', partnerId: partner.id });
});
beforeEach(() => api.db.query('truncate requests, outbox, captured_mails cascade'));
afterAll(() => api.close());

/** A request that its partner has, and the link to it that its client got by mail. */
async function asked(headers: Record<string, string> = {}) {
  const accepted = await send(api, { criteria: {} }, headers);
  await api.deliver();
  const [mail] = await mailsTo(api, ANA);
  const [mailed = ''] = /\/requests\/\S+/.exec(mail?.text ?? '') ?? [];
  return { accepted, given: new URL(accepted.trackingUrl).pathname, mailed };
}

const get = (path: string, lang = 'en') => api.call(path, { headers: { 'accept-language': lang } });
const post = (path: string, fields: Record<string, string> = {}) =>
  api.call(path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const tokenOf = (path: string) => path.split('/').at(-1) ?? '';

async function isVerified({ id }: Pick<Accepted, 'id'>): Promise<boolean> {
  const [row] = await api.db.query<{ at: Date | null }>(
    'select email_verified_at as at from requests where id = $1',
    [id],
  );
  return row?.at instanceof Date;
}

/** The deal of a request as the API shows it to its partner. */
async function dealOf({ id }: Accepted): Promise<SeenDeal | undefined> {
  const { body } = await api.call<{ data: SeenDeal[] }>(DEALS, { token: key });
  return body.data.find(({ requestId }) => requestId === id);
}

describe('a client’s address is confirmed', () => {
  it('by one press on the page that the mailed link opens; partners and administrators see it', async () => {
    const { accepted, mailed } = await asked();
    const deal = await dealOf(accepted);
    const [work, admin] = [await atWork(api, partner.id), await adminCookie(api.db)];
    const seen = async () => {
      const page = await work.get(`/workspace/deals/${deal?.id}`);
      const story = await api.call(`/admin/requests/${accepted.id}`, { headers: { cookie: admin } });
      return [(await dealOf(accepted))?.client.emailVerified, page.text, story.text];
    };
    expect(await seen()).toEqual([
      false,
      ...Array(2).fill(expect.stringContaining('Address not confirmed yet')),
    ]);

    const asks = await get(mailed);
    expect(asks.text).toContain(`Is ${ANA} your address?`);
    expect((await get(mailed, 'pt-BR')).text).toContain('Sim, este endereço é meu');
    const pressed = await post(`${mailed}/confirm`);
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, `${mailed}?done=confirmed`]);
    const done = await get(`${mailed}?done=confirmed`);
    expect(done.text).toContain('Your address is confirmed.');
    expect(done.text).not.toContain('/confirm"');
    expect(await seen()).toEqual([true, ...Array(2).fill(expect.stringContaining('Address confirmed'))]);
  });

  it.each([
    ['a choice', 'choice', () => ({ partnerId: partner.id }), 303],
    ['a cancel', 'cancel', () => ({}), 303],
    ['what comes too early', 'forward', () => ({ partnerId: crypto.randomUUID() }), 409],
  ])('by %s with the mailed link', async (_, deed, fields, status) => {
    const { accepted, mailed } = await asked();
    const answer = await post(`${mailed}/${deed}`, fields());
    expect(answer.status === status || answer.status === 422).toBe(true);
    expect(await isVerified(accepted)).toBe(true);
  });

  it('by a call of the API with the mailed token', async () => {
    const { accepted, mailed } = await asked();
    await api.call(`${REQUESTS}/${accepted.id}`, { token: tokenOf(mailed) });
    expect(await isVerified(accepted)).toBe(false);
    const chosen = await api.call(`${REQUESTS}/${accepted.id}/choice`, {
      token: tokenOf(mailed),
      json: { partnerId: partner.id },
    });
    expect(chosen.status).toBe(200);
    expect(await isVerified(accepted)).toBe(true);
  });

  it.each(['page', 'API'])('by a review, written on the %s', async (way) => {
    const { accepted } = await asked();
    const deal = await dealOf(accepted);
    await api.call(`${DEALS}/${deal?.id}`, { method: 'PATCH', token: key, json: { stage: 'won' } });
    await api.deliver();
    const [mail] = await mailsTo(api, ANA);
    const [link = ''] = /\/feedback\/\S+/.exec(mail?.text ?? '') ?? [];
    await get(link);
    expect(await isVerified(accepted)).toBe(false);
    const written =
      way === 'page'
        ? await post(link, { rating: '5', comment: 'Good.' })
        : await api.call('/api/v1/reviews', { token: tokenOf(link), json: { rating: 5, comment: 'Good.' } });
    expect([201, 303]).toContain(written.status);
    expect(await isVerified(accepted)).toBe(true);
  });

  it('once: what comes later changes no time', async () => {
    const { accepted, mailed } = await asked();
    await post(`${mailed}/confirm`);
    await api.db.query(`update requests set email_verified_at = '2020-01-01' where id = $1`, [accepted.id]);
    await post(`${mailed}/confirm`);
    const [row] = await api.db.query<{ year: number }>(
      'select extract(year from email_verified_at)::int as year from requests',
    );
    expect(row).toEqual({ year: 2020 });
  });
});

describe('a client’s address is not confirmed', () => {
  it('by opening the mailed link, however often: programs that check mails do that', async () => {
    const { accepted, mailed } = await asked();
    for (const path of [
      mailed,
      `${mailed}/state`,
      `${mailed}/confirm`,
      `${mailed}/choice`,
      `${mailed}?new=1`,
    ])
      expect((await get(path)).status).toBe(200);
    await api.call(mailed, { method: 'HEAD' });
    expect(await isVerified(accepted)).toBe(false);
  });

  it('with the token that intake answers with, also when asked again, and its page says where the link is', async () => {
    const { accepted, given } = await asked({ 'idempotency-key': 'one' });
    const again = await send(api, { criteria: {} }, { 'idempotency-key': 'one' });
    expect(again.id).toBe(accepted.id);
    for (const path of [given, new URL(again.trackingUrl).pathname]) {
      const pressed = await post(`${path}/confirm`);
      expect([pressed.status, pressed.headers.get('location')]).toEqual([303, path]);
      expect((await get(path)).text).toContain(`the email that we sent to ${ANA}.`);
    }
    const choice = { token: accepted.accessToken, json: { partnerId: partner.id } };
    expect((await api.call(`${REQUESTS}/${accepted.id}/choice`, choice)).status).toBe(200);
    expect(await isVerified(accepted)).toBe(false);
  });

  it('on the page that follows the request form', async () => {
    const { id = '', location } = await sendForm(api, typed());
    const page = location.split('?')[0] ?? '';
    expect((await get(location)).text).not.toContain('confirm-address');
    await post(`${page}/cancel`);
    expect(await isVerified({ id })).toBe(false);
  });

  it('by the link of another request, though the address is the same', async () => {
    const first = await asked();
    const second = await asked();
    const foreign = `/requests/${second.accepted.id}/${tokenOf(first.mailed)}`;
    expect((await post(`${foreign}/confirm`)).status).toBe(404);
    const answer = await api.call(`${REQUESTS}/${second.accepted.id}/cancel`, {
      method: 'POST',
      token: tokenOf(first.mailed),
    });
    expect(answer.status).toBe(404);
    await post(`${first.mailed}/confirm`);
    expect(await Promise.all([first, second].map(({ accepted }) => isVerified(accepted)))).toEqual([
      true,
      false,
    ]);
  });
});
