import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProfile } from '../../db/profiles.ts';
import { openAdminPages } from '../helpers/admin-pages.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { type Visitor, visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PROFILE = '/workspace/profile';
const SETTINGS = '/workspace/settings';
const STRANGE = `Zoë O'Neil <b>`;
const profileForm = {
  name: STRANGE,
  title: 'Typed title',
  about: 'Typed words.',
  services: ['crm-setup'],
  country: 'PT',
  primary: 'pt',
  languages: ['en', 'pt'],
  more: 'Basque',
};
const settingsForm = { accepting: 'yes', capacity: '7', locale: 'pt-BR' };

const versionIn = (html: string) => /name="version" value="([^"]+)"/.exec(html)?.[1] ?? '';

describe('a form that was opened before somebody else changed the same', () => {
  let api: TestApi;
  let admin: Visitor;
  beforeAll(async () => {
    ({ api, admin } = await openAdminPages());
  });
  afterAll(() => api.close());

  async function partner(): Promise<Visitor & { id: string; change(sets: string): Promise<unknown> }> {
    const { id, ...rest } = newPartner({ name: 'Ana', capacity: 3 });
    await insertPartners(api.db, [{ id, ...rest }]);
    const change = (sets: string) => api.db.query(`update partners set ${sets} where id = $1`, [id]);
    return { id, change, ...(await visitor(api, id)) };
  }

  it('keeps what was typed of a profile, saves nothing, and replaces it knowingly when sent again', async () => {
    const ana = await partner();
    const version = versionIn((await ana.get(PROFILE)).text);
    await ana.change(`title = 'Theirs'`);
    const late = await ana.post(PROFILE, { ...profileForm, version });
    expect(late.status).toBe(412);
    expect(late.text).toMatch(/role="alert"><p>Somebody changed your profile in the meantime/);
    expect(late.text).toContain(`href="${PROFILE}" target="_blank"`);
    for (const kept of [
      'value="Typed title"',
      'Typed words.</textarea>',
      'value="Basque"',
      'value="PT" selected',
    ])
      expect(late.text).toContain(kept);
    expect(late.text).toContain(`value="${STRANGE.replace('<', '&lt;')}"`);
    expect(await findProfile(api.db, ana.id)).toMatchObject({ title: 'Theirs', name: 'Ana' });

    const again = versionIn(late.text);
    expect(again).not.toBe(version);
    expect((await ana.post(PROFILE, { ...profileForm, version: again })).status).toBe(303);
    expect(await findProfile(api.db, ana.id)).toMatchObject({ title: 'Typed title', name: STRANGE });
  });

  it('says so in Portuguese, too, and after a preview', async () => {
    const ana = await partner();
    const version = versionIn((await ana.get(PROFILE)).text);
    await ana.change(`country = 'AR'`);
    const preview = await ana.post(PROFILE, { ...profileForm, version, preview: 'yes' });
    expect([preview.status, versionIn(preview.text)]).toEqual([200, version]);
    const late = await ana.post(PROFILE, { ...profileForm, more: 'eu', version }, 'pt-BR');
    expect([late.status, late.text.includes('Alguém alterou seu perfil')]).toEqual([412, true]);
    // What is wrong is said first; the form stays the old one.
    const wrong = await ana.post(PROFILE, { ...profileForm, title: '', version });
    expect([wrong.status, versionIn(wrong.text)]).toEqual([422, version]);
  });

  it('keeps what was chosen of settings', async () => {
    const ana = await partner();
    const version = versionIn((await ana.get(SETTINGS)).text);
    await ana.change('accepting = false');
    const late = await ana.post(SETTINGS, { ...settingsForm, version });
    expect(late.status).toBe(412);
    expect(late.text).toContain('Somebody changed your settings in the meantime');
    expect(late.text).toMatch(/name="accepting"[^>]* checked/);
    expect(late.text).toContain('value="7"');
    expect(late.text).toContain(`href="${SETTINGS}?lang=pt-BR"`);
    expect(await findProfile(api.db, ana.id)).toMatchObject({ accepting: false, capacity: 3, locale: 'en' });
    expect((await ana.post(SETTINGS, { ...settingsForm, version: versionIn(late.text) })).status).toBe(303);
    expect(await findProfile(api.db, ana.id)).toMatchObject({ accepting: true, capacity: 7 });
  });

  it('is saved where the change was of something that it does not hold, or is the same', async () => {
    const ana = await partner();
    const [profile, settings] = [await ana.get(PROFILE), await ana.get(SETTINGS)].map(({ text }) =>
      versionIn(text),
    );
    await ana.change('live_leads = 3, rank = 44, completed_projects = 2, review_count = 1, rating_sum = 5');
    expect((await ana.post(SETTINGS, { ...settingsForm, version: settings ?? '' })).status).toBe(303);
    expect((await ana.post(PROFILE, { ...profileForm, version: profile ?? '' })).status).toBe(303);
    // A second press of the same button: nothing would change.
    expect((await ana.post(SETTINGS, { ...settingsForm, version: settings ?? '' })).status).toBe(303);
    expect((await ana.post(PROFILE, { ...profileForm, version: profile ?? '' })).status).toBe(303);
    expect((await ana.post(PROFILE, { ...profileForm, title: 'Other' })).status).toBe(412);
  });

  it('does not lose what is typed when two are sent at the same moment', async () => {
    const ana = await partner();
    const version = versionIn((await ana.get(PROFILE)).text);
    const titles = ['One', 'Two', 'Three'];
    const answers = await Promise.all(
      titles.map((title) => ana.post(PROFILE, { ...profileForm, title, version })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 412, 412]);
    answers.forEach(({ status, text }, index) => {
      if (status === 412) expect(text).toContain(`value="${titles[index]}"`);
    });
  });

  it('keeps what an administrator typed of a partner', async () => {
    const ana = await partner();
    const path = `/admin/partners/${ana.id}`;
    const { primary, more: _, ...facts } = profileForm;
    const form = {
      ...{ ...facts, primaryLanguage: primary, type: 'agency', tier: 'gold', email: 'zoe@partners.example' },
      ...{ locale: 'en', capacity: '', listed: 'yes' },
    };
    const version = versionIn((await admin.get(path)).text);
    await ana.change(`about = 'Theirs'`);
    const late = await admin.post(path, { ...form, version });
    expect(late.status).toBe(412);
    expect(late.text).toContain('Somebody changed this partner in the meantime');
    for (const kept of [
      'value="Typed title"',
      'Typed words.</textarea>',
      'value="gold" selected',
      'value="PT" selected',
    ])
      expect(late.text).toContain(kept);
    expect(await findProfile(api.db, ana.id)).toMatchObject({
      about: 'Theirs',
      title: expect.not.stringMatching('Typed'),
    });
    for (const _press of [1, 2])
      expect((await admin.post(path, { ...form, version: versionIn(late.text) })).status).toBe(303);
    expect(await findProfile(api.db, ana.id)).toMatchObject({ about: 'Typed words.', tier: 'gold' });
  });
});
