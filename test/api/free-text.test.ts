import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { mailsTo, send } from '../helpers/http-requests.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const TEXTS = [
  `Zoë O'Neil <b>`,
  `"quoted" \\back\\slash\\`,
  '100 % of 50% and _under_',
  `'); drop table requests; --`,
  `$1 $2 {name} {n, plural, one {#}} #`,
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '&lt;already&gt; &amp; & "escaped"',
  'שלום العربية 日本語 Ελληνικά',
  'e\u0301 is not é',
  '👩‍👩‍👧‍👦 🇧🇷',
  '\u202egnp.exe \u200b zero width',
  '{{7*7}} #{7*7} <%= 7*7 %>',
  'null',
  '__proto__',
];

interface Deal {
  requestId: string;
  client: { name: string; phone: string; company: string };
  project: { title: string; description: string };
}

describe('what a client writes', () => {
  let api: TestApi;
  let key: string;
  const partner = newPartner({ locale: 'en' });
  beforeAll(async () => {
    api = await openApi('empty');
    await insertPartners(api.db, [partner]);
    key = await createApiKey(api.db, { role: 'partner', partnerId: partner.id });
  });
  afterAll(() => api.close());

  it.each(TEXTS)('reaches the partner as it was written: %s', async (text) => {
    const email = `client-${TEXTS.indexOf(text)}@example.com`;
    const short = text.slice(0, 50);
    const { id } = await send(api, {
      client: { name: text, email, phone: short, company: text, locale: 'en' },
      project: { title: text, description: `${text}\n\n\tSecond line: ${text}` },
      criteria: {},
    });
    await api.deliver();

    const { body } = await api.call<{ data: Deal[] }>('/api/v1/deals?limit=1', { token: key });
    expect(body.data[0]).toMatchObject({
      requestId: id,
      client: { name: text, phone: short, company: text },
      project: { title: text, description: `${text}\n\n\tSecond line: ${text}` },
    });

    const [toClient] = await mailsTo(api, email);
    const [toPartner] = await mailsTo(api, partner.email);
    expect(toPartner?.subject).toBe(`New request: ${text}`);
    expect(toPartner?.text).toContain(`Description: ${text}\n\n\tSecond line: ${text}`);
    expect(toPartner?.text).toContain(`Phone: ${short}`);
    // What looks like a link to mail programs has a joiner in it, of no width.
    expect(toClient?.text.replaceAll('\u2060', '')).toContain(`Hello ${text},`);
    for (const html of [toClient?.html ?? '', toPartner?.html ?? '']) {
      expect(html).not.toMatch(/<(script|img|b)\b/);
      expect(unescaped(html.replaceAll('\u2060', ''))).toContain(text);
    }
  });

  it('is trimmed, and nothing else', async () => {
    const { id } = await send(api, {
      client: { name: '  Ana   Souza ', email: 'a@example.com' },
      criteria: {},
    });
    const [row] = await api.db.query('select client_name from requests where id = $1', [id]);
    expect(row).toEqual({ client_name: 'Ana   Souza' });
  });

  it('may be as long as the limits say', async () => {
    await send(api, {
      client: {
        name: 'n'.repeat(200),
        email: 'a@example.com',
        phone: '1'.repeat(50),
        company: 'c'.repeat(200),
      },
      project: { title: 't'.repeat(200), description: 'd'.repeat(10_000) },
      criteria: {},
    });
    await api.deliver();
    expect((await mailsTo(api, 'a@example.com'))[0]?.subject).toContain('t'.repeat(200));
  });
});

/** HTML's text with its entities undone once. */
function unescaped(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
