import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProfile } from '../../db/profiles.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { adminCookie } from '../helpers/page-session.ts';
import { textOf, type Visitor, visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PATH = '/workspace/profile';
const FORM = {
  name: `Zoë O'Neil <b>`,
  title: 'CRM & more',
  about: 'One.\r\n\r\nTwo.',
  services: ['landing-pages', 'crm-setup'],
  country: 'PT',
  primary: 'pt',
  languages: ['en', 'pt'],
  more: 'Basque, MT',
};

describe('the profile page', () => {
  let api: TestApi;
  let id: string;
  let ana: Visitor;
  beforeAll(async () => {
    api = await openApi('empty');
    const partner = newPartner({ name: 'Ana', slug: 'ana', primaryLanguage: 'pt', languages: ['pt', 'cy'] });
    id = partner.id;
    await insertPartners(api.db, [partner]);
    ana = await visitor(api, id);
  });
  afterAll(() => api.close());
  const profile = () => findProfile(api.db, id);
  /** The form as it is open now, with this typed into it. */
  const form = async (more: Record<string, string> = {}) => {
    const [, version = ''] = /name="version" value="([^"]+)"/.exec((await ana.get(PATH)).text) ?? [];
    return { ...FORM, version, ...more };
  };

  it('shows what is there, in both languages, with a link to the public page', async () => {
    const page = await ana.get(PATH);
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.text).toContain('value="Ana"');
    expect(page.text).toContain('href="/partners/ana"');
    expect(page.text).toMatch(/<option value="BR" selected[^>]*>Brazil</);
    expect(page.text).toMatch(/value="cy" checked[^>]*\/><span>Welsh</);
    const portuguese = await ana.get(PATH, 'pt-BR');
    expect(portuguese.text).toMatch(/<option value="BR" selected[^>]*>Brasil</);
    expect(portuguese.text).toContain('Como você se apresenta');
  });

  it('previews what is typed, escaped, and saves nothing', async () => {
    const before = await profile();
    const page = await ana.post(PATH, { ...FORM, preview: 'yes' });
    expect(page.status).toBe(200);
    expect(page.text).toContain('Nothing is saved yet');
    expect(page.text.match(/Zoë O(&#39;|')Neil &lt;b>/g)?.length).toBeGreaterThanOrEqual(3);
    expect(page.text).not.toContain('<b>');
    expect(textOf(page.text)).toContain('Portuguese · English · Basque · Maltese');
    expect(page.text).toContain('value="Basque, MT"');
    expect(page.text).toMatch(/One\.\r?\n\r?\nTwo\.<\/textarea>/);
    expect(await profile()).toEqual(before);
  });

  it('saves, twice as well as once, and says so', async () => {
    const fields = await form();
    for (const _ of [1, 2]) {
      const { status, headers } = await ana.post(PATH, fields);
      expect([status, headers.get('location')]).toEqual([303, `${PATH}?done=saved`]);
    }
    expect(await profile()).toMatchObject({
      name: FORM.name,
      title: FORM.title,
      services: ['crm-setup', 'landing-pages'],
      country: 'PT',
      languages: ['pt', 'en', 'eu', 'mt'].map((code) => ({ code, primary: code === 'pt' })),
    });
    const page = await ana.get(`${PATH}?done=saved`);
    expect(page.text).toContain('Your changes are saved.');
    expect((await ana.get(`${PATH}?done=x`)).text).not.toContain('Your changes are saved.');
    const { body } = await api.call<{ data: { name: string }[] }>('/api/v1/partners?q=crm');
    expect(body.data.map(({ name }) => name)).toEqual([FORM.name]);
  });

  it('keeps the old primary language when another takes its place, and empties what may be empty', async () => {
    await ana.post(PATH, await form({ primary: 'en', about: '', more: '' }));
    const { languages, about } = (await profile()) ?? {};
    expect([languages?.map(({ code }) => code), about]).toEqual([['en', 'pt'], '']);
  });

  it.each<[string, Record<string, string | string[]>, string, RegExp]>([
    ['no name', { name: ' ' }, 'name', /Fill this in/],
    ['no title', { title: '' }, 'title', /Fill this in/],
    ['a long title', { title: 'x'.repeat(201) }, 'title', /too long/],
    ['no services', { services: [] }, 'services', /at least one service/],
    ['an unknown service', { services: ['x'] }, 'services', /at least one service/],
    ['an unknown country', { country: 'ZZ' }, 'country', /cannot be used/],
    ['no primary language', { primary: '' }, 'primary', /Fill this in/],
    ['an unknown language', { more: 'Klingonish, eu' }, 'more', /no language called “Klingonish”/],
    ['control characters', { about: 'a\u0000b' }, 'about', /characters/],
  ])('keeps what was typed and explains %s', async (_, change, field, words) => {
    const before = await profile();
    for (const preview of ['', 'yes']) {
      const page = await ana.post(PATH, { ...FORM, ...change, preview });
      expect(page.status).toBe(422);
      expect(page.text).toContain(`href="#f-${field}"`);
      expect(page.text).toMatch(words);
      expect(page.text).toContain(`value="${change.more ?? FORM.more}"`);
    }
    expect(await profile()).toEqual(before);
  });

  it('is its partner’s alone', async () => {
    const nobody = await visitor(api);
    const sent = await nobody.get(PATH);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/sign-in']);
    expect((await nobody.post(PATH, FORM)).status).toBe(401);
    const cookie = await adminCookie(api.db);
    expect((await api.call(PATH, { headers: { cookie } })).status).toBe(404);
  });

  it('says when there is no public page', async () => {
    const hidden = newPartner({ listed: false });
    await insertPartners(api.db, [hidden]);
    const page = await (await visitor(api, hidden.id)).get(PATH);
    expect(page.text).toContain('not listed in the catalog');
    expect(page.text).not.toContain(`href="/partners/${hidden.slug}"`);
  });
});
