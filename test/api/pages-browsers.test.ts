import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertTokens, mintToken } from '../../db/access-tokens.ts';
import { upsertAdmin } from '../../db/sessions.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { textOf } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0';
const UNKNOWN = '00000000-0000-7000-8000-000000000000';

let api: TestApi;
beforeAll(async () => {
  api = await openApi('empty');
});
afterAll(() => api.close());

/** Signs in as a browser does. @returns a browser that asks pages and sends forms */
async function enter(subjectId: string, agent: string) {
  const token = mintToken();
  await insertTokens(api.db, 'sign-in', [{ token, subjectId }], 60_000);
  const sent = { method: 'POST', body: new URLSearchParams(), redirect: 'manual' } as const;
  const { headers } = await api.call(`/sign-in/${token}`, { ...sent, headers: { 'user-agent': agent } });
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const send = (path: string) => api.call(path, { ...sent, headers: { cookie } });
  const get = (path: string, language = 'en') =>
    api.call(path, { redirect: 'manual', headers: { cookie, 'accept-language': language } });
  return { get, send };
}

const idsIn = (html: string) =>
  [...html.matchAll(/\/sessions\/([\w-]+)\/sign-out/g)].map(([, id = '']) => id);

async function newPartnerId() {
  const partner = newPartner();
  await insertPartners(api.db, [partner]);
  return partner.id;
}

async function newAdminId() {
  const email = `${mintToken()}@admins.example`;
  await upsertAdmin(api.db, { email, name: 'Root', locale: 'en' });
  const [admin] = await api.db.query<{ id: string }>('select id from admins where email = $1', [email]);
  return admin?.id ?? '';
}

const PEOPLE: [string, string, () => Promise<string>][] = [
  ['a partner', '/workspace/settings', newPartnerId],
  ['an administrator', '/admin/account', newAdminId],
];

it.each(PEOPLE)('%s sees its browsers in words, and which one this is', async (_, path, newPerson) => {
  const id = await newPerson();
  const here = await enter(id, FIREFOX);
  await enter(id, 'curl/8.5.0 <b>');
  const { status, text, headers } = await here.get(path);
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(idsIn(text)).toHaveLength(2);
  expect(textOf(text)).toMatch(/Firefox on Windows\s+This browser\s+Signed in .+ last used /);
  expect(textOf(text)).toContain('Another browser');
  expect(text.match(/This browser</g)).toHaveLength(1);
  const portuguese = textOf((await here.get(path, 'pt-BR')).text);
  expect(portuguese).toMatch(/Firefox no Windows\s+Este navegador/);
  expect(portuguese).toContain('Outro navegador');
  expect(portuguese).toContain('após três dias sem uso');
});

it.each(PEOPLE)('%s signs out of one of them, or of this one', async (_, path, newPerson) => {
  const id = await newPerson();
  const there = await enter(id, 'curl/8.5.0');
  const [other = ''] = idsIn((await there.get(path)).text);
  const here = await enter(id, FIREFOX);
  const out = await here.send(`${path}/sessions/${other.toUpperCase()}/sign-out`);
  expect([out.status, out.headers.get('location')]).toEqual([303, `${path}?done=signed-out#browsers`]);
  expect((await there.get(path)).status).toBe(303);
  const shown = await here.get(`${path}?done=signed-out`);
  expect(shown.text).toContain('That browser is signed out.');
  const [own = '', ...others] = idsIn(shown.text);
  expect(others).toEqual([]);
  const left = await here.send(`${path}/sessions/${own}/sign-out`);
  expect([left.status, left.headers.get('location')]).toEqual([303, '/sign-in']);
  expect(left.headers.get('set-cookie')).toMatch(/__Host-terna=;/);
  expect((await here.get(path)).status).toBe(303);
});

it.each(PEOPLE)('%s signs nobody else out, and a second press finds it done', async (_, path, newPerson) => {
  const [id, another] = [await newPerson(), await newPerson()];
  const there = await enter(another, FIREFOX);
  const [theirs = ''] = idsIn((await there.get(path)).text);
  const here = await enter(id, FIREFOX);
  for (const gone of [theirs, UNKNOWN]) {
    const { status, text } = await here.send(`${path}/sessions/${gone}/sign-out`);
    expect(status).toBe(404);
    expect(text).toContain('That browser is no longer signed in.');
    expect(text).toContain(`href="${path}?lang=pt-BR"`);
    expect(idsIn(text)).toHaveLength(1);
  }
  expect((await here.send(`${path}/sessions/x/sign-out`)).status).toBe(404);
  expect((await there.get(path)).status).toBe(200);
});

it('an administrator signs out everywhere', async () => {
  const id = await newAdminId();
  const [here, there] = [await enter(id, FIREFOX), await enter(id, FIREFOX)];
  const out = await here.send('/admin/account/sign-out');
  expect([out.status, out.headers.get('location')]).toEqual([303, '/sign-in']);
  for (const browser of [here, there]) expect((await browser.get('/admin/account')).status).toBe(303);
});

it('lists no session that is over', async () => {
  const id = await newPartnerId();
  await enter(id, FIREFOX);
  await api.db.query("update sessions set last_used_at = now() - interval '3 days' where partner_id = $1", [
    id,
  ]);
  const here = await enter(id, FIREFOX);
  expect(idsIn((await here.get('/workspace/settings')).text)).toHaveLength(1);
});
