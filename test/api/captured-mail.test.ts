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

  it('has a page without a script, also where a client wrote one', async () => {
    const { status, headers, text } = await api.call('/dev/mail');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/html; charset=utf-8/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).not.toMatch(/<script/i);
    expect(text).not.toMatch(/\son\w+=/i);
    expect(text.match(/<iframe/g)).toHaveLength(6);
    expect(text.match(/<iframe[^>]* sandbox="allow-popups"/g)).toHaveLength(6);
    expect(text).toContain('<html lang="en">');
  });

  it('has a page that filters and escapes what it filters by', async () => {
    const filtered = await api.call('/dev/mail?to=zoe.client@example.com');
    expect(filtered.text.match(/<details>/g)).toHaveLength(2);
    const evil = await api.call(`/dev/mail?to=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(evil.text).not.toMatch(/<script/i);
    expect(evil.text).toContain('No mails yet');
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
