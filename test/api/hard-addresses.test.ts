import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { DEALS, type SeenDeal } from '../helpers/http-deals.ts';
import { mailsTo, REQUESTS, send } from '../helpers/http-requests.ts';
import { adminCookie } from '../helpers/page-session.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { sendForm, shown, typed } from '../helpers/request-form.ts';
import { requestBody } from '../helpers/requests.ts';
import { until } from '../helpers/until.ts';

const LABEL = 'b'.repeat(63);
const LONGEST = `${'a'.repeat(64)}@${[LABEL, LABEL, 'c'.repeat(57)].join('.')}.com`;

let api: TestApi;
let key: string;
let admin: string;
beforeAll(async () => {
  api = await openApi('empty');
  const partner = newPartner({ email: 'zoe@bücher.example' });
  await insertPartners(api.db, [partner]);
  key = await createApiKey(api.db, { role: 'partner', partnerId: partner.id });
  admin = await createApiKey(api.db, { role: 'admin' });
});
afterAll(() => api.close());

const clientOf = (email: string) => ({ name: 'Ana', email, locale: 'en' });

describe.each([
  ['ana@BÜCHER.example', 'ana@bücher.example', 'ana@xn--bcher-kva.example'],
  ['anna@xn--e1afmkfd.xn--p1ai', 'anna@пример.рф', 'anna@xn--e1afmkfd.xn--p1ai'],
  [LONGEST, LONGEST, LONGEST],
  [`a'&=?+{x}@example.com`, `a'&=?+{x}@example.com`, `a'&=?+{x}@example.com`],
])('a client with the address %s', (given, kept, ascii) => {
  it('gets its mails, whether it came over the API or by the form', async () => {
    const before = (await mailsTo(api, kept)).length;
    await send(api, { client: clientOf(given), criteria: {} });
    expect((await sendForm(api, typed({ 'client.email': ` ${given} ` }))).status).toBe(303);
    await api.deliver();
    for (const spelling of [given, kept, ascii, kept.toUpperCase()]) {
      const mails = await mailsTo(api, spelling);
      expect(mails.map(({ to }) => to)).toEqual(Array(before + 2).fill(kept));
    }
  });

  it('is shown to its partner as people read it, with a link that writes to it and to nobody else', async () => {
    const { id } = await send(api, { client: clientOf(given), criteria: {} });
    await api.deliver();
    const { body } = await api.call<{ data: SeenDeal[] }>(DEALS, { token: key });
    expect(body.data.find(({ requestId }) => requestId === id)?.client.email).toBe(kept);
    const cookie = await adminCookie(api.db);
    const story = await api.call(`/admin/requests/${id}`, { headers: { cookie } });
    const [, to = ''] = /href="mailto:([^"]*)"/.exec(story.text) ?? [];
    expect(decodeURIComponent(to)).toBe(ascii);
    expect(to).not.toMatch(/[?&=]/);
  });

  it('is found by administrators, however they spell it', async () => {
    await send(api, { client: clientOf(given), criteria: {} });
    for (const q of [given, kept, ascii]) {
      const found = await api.call<{ data: unknown[] }>(`/api/v1/admin/requests?q=${encodeURIComponent(q)}`, {
        token: admin,
      });
      expect(found.body.data.length).toBeGreaterThan(0);
    }
  });
});

it('a partner signs in with its address in any spelling, and administrators find it', async () => {
  for (const email of ['Zoe@BÜCHER.example', 'zoe@xn--bcher-kva.example']) {
    await api.db.query('truncate captured_mails');
    expect((await api.call('/api/v1/sign-in', { json: { email } })).status).toBe(202);
    await until(async () => {
      await api.deliver();
      return (await mailsTo(api, email)).some(({ template }) => template === 'sign-in');
    });
    const path = `/api/v1/admin/partners?q=${encodeURIComponent(email)}`;
    expect((await api.call<{ data: unknown[] }>(path, { token: admin })).body.data).toHaveLength(1);
  }
});

it.each(['en', 'pt-BR'])('an accent before the @ is said to be one (%s)', async (lang) => {
  const answer = await api.call(REQUESTS, { json: requestBody({ client: clientOf('josé@example.com') }) });
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toMatchObject([{ pointer: '/client/email', code: 'local_part_not_ascii' }]);
  const page = await sendForm(api, typed({ 'client.email': 'josé@example.com' }), lang);
  expect([page.status, shown(page.text, 'client.email')]).toEqual([422, 'josé@example.com']);
  expect(page.text).toContain(lang === 'en' ? 'letters without accents' : 'letras sem acento');
});
