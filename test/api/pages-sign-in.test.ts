import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { upsertAdmin } from '../../db/sessions.ts';
import { openApi, type TestApi, testApi } from '../helpers/http-api.ts';
import { until } from '../helpers/until.ts';

let api: TestApi;
let partner: { email: string; slug: string };

beforeAll(async () => {
  api = await openApi('seeded');
  await upsertAdmin(api.db, { email: 'boss@example.com', name: 'Zoë O’Neil <b>', locale: 'en' });
  const [found] = await api.db.query<{ email: string; slug: string }>(
    'select email, slug from partners order by id limit 1',
  );
  partner = found ?? { email: '', slug: '' };
});
afterAll(() => api.close());

const form = (fields: Record<string, string>) => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  redirect: 'manual' as const,
});

/** Asks for a link and reads it from the captured mail. */
async function linkFor(email: string): Promise<string> {
  const before = (await mailsTo(email)).length;
  const asked = await api.call('/sign-in', form({ email }));
  expect([asked.status, asked.headers.get('location')]).toEqual([303, '/sign-in/sent']);
  await until(async () => {
    await api.deliver();
    return (await mailsTo(email)).length > before;
  });
  const [newest] = await mailsTo(email);
  const [, path = ''] = /https:\/\/terna\.example(\/sign-in\/[\w-]{43})\b/.exec(newest?.text ?? '') ?? [];
  return path;
}

async function mailsTo(to: string): Promise<{ text: string; template: string }[]> {
  const { body } = await api.call<{ data: { text: string; template: string }[] }>(
    `/dev/mail.json?to=${encodeURIComponent(to)}`,
  );
  return body.data.filter(({ template }) => template === 'sign-in');
}

const cookieIn = (headers: Headers, name: string) =>
  headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`));

describe('signing in on the pages', () => {
  it('takes a link that works once, and by POST only', async () => {
    const link = await linkFor(partner.email);
    for (let visit = 0; visit < 3; visit++) {
      const shown = await api.call(link, { redirect: 'manual' });
      expect(shown.status).toBe(200);
      expect(shown.headers.getSetCookie()).toEqual([]);
      expect(shown.headers.get('cache-control')).toBe('no-store');
    }
    const entered = await api.call(link, form({}));
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/workspace']);
    const cookie = cookieIn(entered.headers, '__Host-terna') ?? '';
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', 'Expires='])
      expect(cookie).toContain(part);
    expect(cookie).not.toContain('Domain');
    expect((await api.call(link)).status).toBe(404);
    expect((await api.call(link, form({}))).status).toBe(404);
  });

  it('greets whoever is signed in, escapes names, and signs out', async () => {
    const entered = await api.call(await linkFor('boss@example.com'), form({}));
    expect(entered.headers.get('location')).toBe('/admin');
    const cookie = (cookieIn(entered.headers, '__Host-terna') ?? '').split(';')[0] ?? '';
    const home = await api.call('/', { headers: { cookie } });
    expect(home.text).toContain('Zoë O’Neil &lt;b');
    expect(home.text).not.toContain('O’Neil <b>');
    expect((await api.call('/sign-in', { headers: { cookie }, redirect: 'manual' })).status).toBe(303);

    const left = await api.call('/sign-out', { ...form({}), headers: { cookie } });
    expect([left.status, left.headers.get('location')]).toEqual([303, '/']);
    const after = await api.call('/', { headers: { cookie } });
    expect(after.text).not.toContain('O’Neil');
  });

  it('leads back to the page that was asked for, and only to pages of ours', async () => {
    const asked = await api.call('/workspace/board?pipeline=7', { redirect: 'manual' });
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/sign-in']);
    const next = (cookieIn(asked.headers, '__Host-terna-next') ?? '').split(';')[0] ?? '';
    expect(next).toBe('__Host-terna-next=/workspace/board?pipeline=7');
    const entered = await api.call(await linkFor(partner.email), { ...form({}), headers: { cookie: next } });
    expect(entered.headers.get('location')).toBe('/workspace/board?pipeline=7');

    for (const evil of ['//evil.example', 'https://evil.example', '/\\evil.example', '/workspace/\nx: y']) {
      const headers = { cookie: `__Host-terna-next=${encodeURI(evil)}` };
      const { headers: answer } = await api.call(await linkFor(partner.email), { ...form({}), headers });
      expect(answer.get('location')).toBe('/workspace');
    }
  });

  it('answers the same whether somebody has the address or not', async () => {
    const answers = await Promise.all(
      [partner.email, 'boss@example.com', 'nobody@example.com'].map((email) =>
        api.call('/sign-in', form({ email })),
      ),
    );
    const seen = answers.map(({ status, text, headers }) => [
      status,
      text,
      headers.get('location'),
      headers.getSetCookie(),
    ]);
    expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(await mailsTo('nobody@example.com')).toEqual([]);
  });

  it('explains an address that is none, and keeps it', async () => {
    for (const email of ['', 'ana', 'a@b', '"><script>alert(1)</script>']) {
      const { status, text } = await api.call('/sign-in', form({ email }));
      expect(status).toBe(422);
      expect(text).toMatch(/aria-invalid="true"/);
      expect(text).not.toContain('<script>alert');
    }
    const { text } = await api.call('/sign-in?lang=pt-BR', form({ email: 'ana' }));
    expect(text).toContain('Digite um endereço de e-mail');
    expect(text).toContain('value="ana"');
  });

  it('refuses what another site posts, and takes what browsers of this site and others send', async () => {
    const post = async (headers: Record<string, string>) =>
      (await api.call('/sign-in', { ...form({ email: 'nobody@example.com' }), headers })).status;
    expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await post({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await post({ origin: 'https://evil.example' })).toBe(403);
    expect(await post({ origin: 'null' })).toBe(403);
    expect(await post({ 'sec-fetch-site': 'same-origin' })).toBe(303);
    expect(await post({ 'sec-fetch-site': 'none' })).toBe(303);
    expect(await post({ origin: 'https://terna.example' })).toBe(303);
    expect(await post({ origin: `http://127.0.0.1:${api.port}` })).toBe(303);
    expect(await post({})).toBe(303);
  });
});

it('gives the session a plain name without https', async () => {
  const plain = await testApi('empty', { env: { PUBLIC_URL: 'http://localhost:3000' } });
  await upsertAdmin(plain.db, { email: 'boss@example.com', name: 'Boss', locale: 'pt-BR' });
  await plain.call('/sign-in', form({ email: 'boss@example.com' }));
  const text = await until(async () => {
    await plain.deliver();
    const { body } = await plain.call<{ data: { text: string }[] }>('/dev/mail.json');
    return body.data[0]?.text;
  });
  const [path = ''] = /\/sign-in\/[\w-]{43}/.exec(text) ?? [];
  const entered = await plain.call(path, form({}));
  const cookie = cookieIn(entered.headers, 'terna') ?? '';
  expect(cookie).toContain('HttpOnly');
  expect(cookie).not.toContain('Secure');
});

describe('the language of pages', () => {
  const lang = async (path: string, headers: Record<string, string>) => {
    const { text } = await api.call(path, { headers });
    return /<html lang="([^"]+)"/.exec(text)?.[1];
  };

  it('is what the address says, else the cookie, else the browser', async () => {
    expect(await lang('/', { 'accept-language': 'pt-BR,en;q=0.5' })).toBe('pt-BR');
    expect(await lang('/', { 'accept-language': 'de' })).toBe('en');
    expect(await lang('/', { 'accept-language': 'en', cookie: '__Host-lang=pt-BR' })).toBe('pt-BR');
    expect(await lang('/?lang=en', { 'accept-language': 'pt', cookie: '__Host-lang=pt-BR' })).toBe('en');
    expect(await lang('/?lang=xx', { 'accept-language': 'pt' })).toBe('pt-BR');
  });

  it('is remembered once it was said', async () => {
    const said = await api.call('/?lang=pt-BR&country=BR');
    expect(cookieIn(said.headers, '__Host-lang')).toMatch(/^__Host-lang=pt-BR; Max-Age=31536000/);
    expect(said.text).toContain('href="/?country=BR&amp;lang=en"');
    expect((await api.call('/?lang=xx')).headers.getSetCookie()).toEqual([]);
  });
});

it('says that there is nothing, as a page, in the reader’s language', async () => {
  const { status, text, headers } = await api.call('/nowhere', {
    headers: { accept: 'text/html,*/*;q=0.8', 'accept-language': 'pt' },
  });
  expect(status).toBe(404);
  expect(headers.get('content-type')).toContain('text/html');
  expect(text).toContain('Não há nada aqui');
  for (const path of ['/nowhere', '/api/v1/nowhere', '/api/x'])
    expect((await api.call(path)).headers.get('content-type')).toContain('problem+json');
  const api404 = await api.call('/api/v1/nowhere', { headers: { accept: 'text/html' } });
  expect(api404.headers.get('content-type')).toContain('problem+json');
});
