import { expect, it } from 'vitest';
import { upsertAdmin } from '../../db/sessions.ts';
import { type TestApi, testApi } from '../helpers/http-api.ts';
import { mailsTo } from '../helpers/http-requests.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { until } from '../helpers/until.ts';

const SIGN_IN = '/api/v1/sign-in';
const SESSIONS = '/api/v1/sessions';
const DEALS = '/api/v1/deals';

async function linkFor(api: TestApi, email: string): Promise<string> {
  expect((await api.call(SIGN_IN, { json: { email } })).status).toBe(202);
  const [mail] = await until(async () => {
    await api.deliver();
    const mails = await mailsTo(api, email);
    return mails.length > 0 ? mails : undefined;
  });
  const [, token = ''] = /\/sign-in\/([\w-]{43})\b/.exec(mail?.text ?? '') ?? [];
  expect(mail?.text.match(/https?:\/\//g)).toHaveLength(1);
  return token;
}

async function withPartner() {
  const api = await testApi('empty');
  await insertPartners(api.db, [newPartner({ email: 'Zoe@partners.example', locale: 'pt-BR' })]);
  return api;
}

it('a partner signs in with a link from a mail, once, and out again', async () => {
  const api = await withPartner();
  const token = await linkFor(api, 'zoe@PARTNERS.example');
  const session = await api.call<{ token: string; role: string; expiresAt: string }>(SESSIONS, {
    json: { token },
  });
  expect([session.status, session.body.role]).toEqual([201, 'partner']);
  expect(Date.parse(session.body.expiresAt)).toBeGreaterThan(Date.now());
  expect((await api.call(DEALS, { token: session.body.token })).status).toBe(200);
  expect((await api.call(SESSIONS, { json: { token } })).status).toBe(401);
  expect((await api.call(SESSIONS, { method: 'DELETE', token: session.body.token })).status).toBe(204);
  expect((await api.call(DEALS, { token: session.body.token })).status).toBe(401);
});

it('an administrator signs in the same way, and is no partner', async () => {
  const api = await testApi('empty');
  await upsertAdmin(api.db, { email: 'root@terna.example', name: 'Root', locale: 'en' });
  const { body } = await api.call<{ token: string; role: string }>(SESSIONS, {
    json: { token: await linkFor(api, 'root@terna.example') },
  });
  expect(body.role).toBe('admin');
  expect((await api.call(DEALS, { token: body.token })).status).toBe(401);
});

it('an unknown address gets the same answer and no mail', async () => {
  const api = await withPartner();
  const known = await api.call(SIGN_IN, { json: { email: 'zoe@partners.example' } });
  const unknown = await api.call(SIGN_IN, { json: { email: 'nobody@partners.example' } });
  expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
  await linkFor(api, 'zoe@partners.example');
  expect(await mailsTo(api, 'nobody@partners.example')).toEqual([]);
});

it('a link that is too old opens nothing', async () => {
  const api = await withPartner();
  const token = await linkFor(api, 'zoe@partners.example');
  await api.db.query(
    `update access_tokens set expires_at = now() - interval '1 second' where purpose = 'sign-in'`,
  );
  expect((await api.call(SESSIONS, { json: { token } })).status).toBe(401);
});

it('a link used twice at once opens one session', async () => {
  const api = await withPartner();
  const token = await linkFor(api, 'zoe@partners.example');
  const answers = await Promise.all([1, 2, 3].map(() => api.call(SESSIONS, { json: { token } })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401]);
});
