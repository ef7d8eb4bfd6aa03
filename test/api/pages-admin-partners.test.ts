import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminPartner, findAnyPartner } from '../../db/admin-partners.ts';
import { linksBelow, openAdminPages, STRANGE, STRANGE_SHOWN } from '../helpers/admin-pages.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { textOf, type Visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PATH = '/admin/partners';
const FORM = {
  name: STRANGE,
  title: 'CRM & more',
  slug: '',
  about: 'We do.',
  services: ['crm-setup', 'landing-pages'],
  type: 'agency',
  country: 'BR',
  primaryLanguage: 'pt',
  languages: ['en', 'pt'],
  email: 'zoe@partners.example',
  locale: 'pt-BR',
  tier: 'gold',
  capacity: '7',
  listed: 'yes',
  accepting: 'yes',
};

describe('the administrators’ partners, as pages', () => {
  let api: TestApi;
  let admin: Visitor;
  beforeAll(async () => {
    ({ api, admin } = await openAdminPages());
    await insertPartners(api.db, [
      newPartner({ slug: 'a', name: 'São Tomé', tier: 'gold', capacity: 7, liveLeads: 2, rank: 12.5 }),
      newPartner({ slug: 'b', name: 'Hidden', listed: false, email: 'Boss@b.example' }),
    ]);
  });
  afterAll(() => api.close());

  const find = async (slug: string) => (await findAnyPartner(api.db, slug)) as AdminPartner;
  const versionIn = (html: string) => /name="version" value="([^"]+)"/.exec(html)?.[1] ?? '';

  it('are listed and found; an e-mail address is in no link', async () => {
    const [a, b] = [await find('a'), await find('b')];
    const all = await admin.get(PATH);
    expect(linksBelow(all.text, PATH)).toEqual([`${PATH}/${b.id}`, `${PATH}/${a.id}`]);
    expect(textOf(all.text)).toMatch(/2 active deals of 7 at most +Rank 12\.5/);
    const byName = await admin.post(PATH, { q: 'sao', tier: 'gold', listed: '' });
    expect([byName.status, byName.headers.get('location')]).toEqual([303, `${PATH}?q=sao&tier=gold`]);
    expect(linksBelow((await admin.get(`${PATH}?q=sao&tier=gold`)).text, PATH)).toEqual([`${PATH}/${a.id}`]);
    expect(linksBelow((await admin.get(`${PATH}?listed=false`)).text, PATH)).toEqual([`${PATH}/${b.id}`]);
    const byEmail = await admin.post(PATH, { q: 'boss@B.example', tier: '', listed: '' });
    expect(byEmail.status).toBe(200);
    expect(linksBelow(byEmail.text, PATH)).toEqual([`${PATH}/${b.id}`]);
    expect(byEmail.text).not.toMatch(/href="[^"]*(@|%40)/);
    expect((await admin.get(`${PATH}?q=nobody`)).text).toContain('No partners found');
  });

  it('are added, and shown as they are', async () => {
    const added = await admin.post(`${PATH}/new`, FORM);
    const partner = await find('zoe-oneil-b');
    expect([added.status, added.headers.get('location')]).toEqual([303, `${PATH}/${partner.id}?done=added`]);
    expect(partner).toMatchObject({
      name: STRANGE,
      tier: 'gold',
      capacity: 7,
      languages: [
        { code: 'pt', primary: true },
        { code: 'en', primary: false },
      ],
      listed: true,
    });
    const page = await admin.get(`${PATH}/${partner.id}?done=added`);
    expect(page.text).toContain('The partner is added.');
    expect(page.text).toContain(`<h1>${STRANGE_SHOWN}</h1>`);
    expect(page.text).toContain('href="/partners/zoe-oneil-b"');
  });

  it('are not added twice, nor with what is missing or wrong: it is shown again with what was typed', async () => {
    const taken = await admin.post(`${PATH}/new`, { ...FORM, title: 'Kept <b>' });
    expect(taken.status).toBe(409);
    expect(taken.text).toMatch(/id="f-slug-error">Another partner has this address/);
    expect(taken.text).toContain('value="Kept &lt;b>"');
    const nameless = await admin.post(`${PATH}/new`, { ...FORM, name: '東京' });
    expect([nameless.status, /id="f-slug-error"/.test(nameless.text)]).toEqual([422, true]);
    const empty = await admin.post(`${PATH}/new`, {}, 'pt-BR');
    expect(empty.status).toBe(422);
    for (const field of ['name', 'title', 'services', 'type', 'country', 'primaryLanguage', 'email'])
      expect(empty.text, field).toContain(`href="#f-${field}"`);
    expect(empty.text).toContain('Preencha este campo');
    for (const [field, value] of Object.entries({
      slug: 'Two Words',
      email: 'nobody',
      country: 'ZZ',
      primaryLanguage: 'xx',
      languages: 'xx',
      services: 'magic',
      capacity: '-1',
      tier: 'best',
      locale: 'de',
    })) {
      const { status, text } = await admin.post(`${PATH}/new`, { ...FORM, name: 'Other', [field]: value });
      expect([status, text.includes(`href="#f-${field}"`)], field).toEqual([422, true]);
    }
    expect(await findAnyPartner(api.db, 'other')).toBeUndefined();
  });

  it('are changed, unlisted, and keep what an empty field would take away', async () => {
    const { id } = await find('b');
    const page = await admin.get(`${PATH}/b`);
    const form = { ...FORM, name: 'Bê', capacity: '', version: versionIn(page.text) };
    const { listed: _, accepting: __, ...off } = form;
    const saved = await admin.post(`${PATH}/${id}`, off);
    expect([saved.status, saved.headers.get('location')]).toEqual([303, `${PATH}/${id}?done=saved`]);
    expect(await find('b')).toMatchObject({
      name: 'Bê',
      capacity: null,
      listed: false,
      accepting: false,
      tier: 'gold',
    });
    const after = await admin.get(`${PATH}/${id}?done=saved`, 'pt-BR');
    expect(after.text).toContain('Suas alterações foram salvas.');
    const bad = await admin.post(`${PATH}/${id}`, { ...form, name: ' ', version: versionIn(after.text) });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('href="#f-name"');
    expect((await find('b')).name).toBe('Bê');
    expect((await admin.post(`${PATH}/nobody`, form)).status).toBe(404);
  });

  it('are not changed over what somebody else has changed meanwhile', async () => {
    const { id } = await find('a');
    const version = versionIn((await admin.get(`${PATH}/${id}`)).text);
    await api.db.query('update partners set live_leads = 3, rank = 44 where id = $1', [id]);
    await api.db.query('update partners set accepting = false where id = $1', [id]);
    const late = await admin.post(`${PATH}/${id}`, { ...FORM, version });
    expect(late.status).toBe(412);
    expect(late.text).toContain('Somebody changed this partner in the meantime');
    expect(await find('a')).toMatchObject({ name: 'São Tomé', accepting: false });
    const again = await admin.post(`${PATH}/${id}`, { ...FORM, version: versionIn(late.text) });
    expect(again.status).toBe(303);
    expect(await find('a')).toMatchObject({ name: STRANGE, accepting: true });
  });
});
