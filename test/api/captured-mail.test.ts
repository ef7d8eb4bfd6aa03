import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type TestApi, testApi } from '../helpers/http-api.ts';
import { mailsTo, type SeenMail, sendAndRoute } from '../helpers/http-requests.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const EVIL = `</iframe><script>alert(1)</script>"'&`;

describe('captured mail', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi('empty');
    await insertPartners(api.db, [newPartner({ name: 'One' }), newPartner({ name: 'Two', locale: 'pt-BR' })]);
    const client = { name: EVIL, email: 'Zoe.Client@Example.com', locale: 'en' };
    await sendAndRoute(api, {
      client,
      project: { title: `First ${EVIL}`, description: EVIL },
      criteria: {},
    });
    await sendAndRoute(api, { client, project: { title: 'Second', description: 'D' }, criteria: {} });
  });
  afterAll(() => api.close());

  const list = async (query = '') =>
    (await api.call<{ data: SeenMail[] }>(`/dev/mail.json${query}`)).body.data;

  it('is listed newest first, with the fields of the contract', async () => {
    const mails = await list();
    expect(mails).toHaveLength(6);
    const times = mails.map((mail) => Date.parse(mail.createdAt));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    for (const mail of mails) {
      expect(Object.keys(mail).sort()).toEqual([
        'createdAt',
        'html',
        'locale',
        'subject',
        'template',
        'text',
        'to',
      ]);
      expect(mail.html).toMatch(/^<!doctype html>/);
      expect(mail.text).not.toMatch(/<html/);
    }
    expect(mails[0]?.subject).toContain('Second');
  });

  it('is found by its recipient, in whatever case', async () => {
    for (const to of ['zoe.client@example.com', 'ZOE.CLIENT@EXAMPLE.COM', 'Zoe.Client@Example.com']) {
      const mails = await mailsTo(api, to);
      expect(mails.map(({ subject }) => subject)).toEqual([
        '2 partners have your request: Second',
        `2 partners have your request: First ${EVIL}`,
      ]);
    }
    expect(await list('?to=nobody@example.com')).toEqual([]);
    expect(await list('?to=%25')).toEqual([]);
    expect(await list('?to=')).toHaveLength(6);
  });

  it('is in the language of its reader', async () => {
    const byTemplate = (await list()).map(({ template, locale }) => `${template} ${locale}`);
    expect(new Set(byTemplate)).toEqual(new Set(['request-routed en', 'lead-new en', 'lead-new pt-BR']));
  });

  it('can be limited, but not to nonsense', async () => {
    expect(await list('?limit=2')).toHaveLength(2);
    for (const limit of ['0', '-1', 'abc'])
      expect((await api.call(`/dev/mail.json?limit=${limit}`)).status).toBe(422);
  });

  it('has a page that frames each mail, with no script but its own', async () => {
    const { status, headers, text } = await api.call('/dev/mail');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/html; charset=utf-8/);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(text).not.toMatch(/<script(?! defer src="\/assets\/)/i);
    expect(text).not.toMatch(/\son\w+=/i);
    expect(text.match(/<iframe/g)).toHaveLength(6);
    expect(text.match(/<iframe[^>]* sandbox="allow-top-navigation-by-user-activation"/g)).toHaveLength(6);
    expect(text).toContain('<html lang="en">');
  });

  it('shows a mail in its frame, where nothing runs, also where a client wrote a script', async () => {
    const { text } = await api.call('/dev/mail');
    const frames = [...text.matchAll(/<iframe[^>]* src="([^"]+)"/g)].map(([, src = '']) => src);
    const mails = await Promise.all(frames.map((src) => api.call(src)));
    expect(mails.filter((mail) => mail.text.includes('&lt;'))).not.toEqual([]);
    for (const mail of mails) {
      expect(mail.status).toBe(200);
      expect(mail.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src/);
      expect(mail.text).not.toMatch(/<script|\son\w+=/i);
      expect(mail.text).toContain('<base target="_top">');
    }
    for (const id of ['00000000-0000-7000-8000-000000000000', 'x'])
      expect((await api.call(`/dev/mail/${id}`)).status).toBe(404);
  });

  it('has a page that filters and escapes what it filters by', async () => {
    const filtered = await api.call('/dev/mail?to=zoe.client@example.com');
    expect(filtered.text.match(/<details/g)).toHaveLength(2);
    const evil = await api.call(`/dev/mail?to=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(evil.text).not.toMatch(/<script>/i);
    expect(evil.text).toContain('No emails for this recipient');
  });

  it('says when there is news', async () => {
    const { text } = await api.call('/dev/mail');
    const { body } = await api.call<{ version: string }>('/dev/mail/state');
    expect(text).toContain(`data-version="${body.version}"`);
  });

  it('has a page in Portuguese for those who prefer it', async () => {
    const { text } = await api.call('/dev/mail', { headers: { 'accept-language': 'pt-BR' } });
    expect(text).toContain('<html lang="pt-BR">');
    expect(text).toContain('E-mails capturados');
  });
});

it('captured mail has no page and no list where a mail server is set', async () => {
  const api = await testApi('empty', { env: { SMTP_URL: 'smtp://127.0.0.1:1' } });
  for (const path of ['/dev/mail', '/dev/mail.json', '/dev/mail.json?to=a@example.com']) {
    expect((await api.call(path)).status).toBe(404);
  }
});
