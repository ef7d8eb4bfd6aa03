import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertTokens, mintToken } from '../../db/access-tokens.ts';
import { createApiKey, principalOf } from '../../db/api-keys.ts';
import { findProfile } from '../../db/profiles.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { adminCookie } from '../helpers/page-session.ts';
import { textOf, type Visitor, visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PATH = '/workspace/settings';
const UNKNOWN = '00000000-0000-7000-8000-000000000000';

let api: TestApi;
beforeAll(async () => {
  api = await openApi('empty');
});
afterAll(() => api.close());

async function signedIn(overrides: Parameters<typeof newPartner>[0] = {}): Promise<Visitor & { id: string }> {
  const partner = newPartner(overrides);
  await insertPartners(api.db, [partner]);
  return { id: partner.id, ...(await visitor(api, partner.id)) };
}

describe('the settings page', () => {
  it('shows what is set, in both languages', async () => {
    const ana = await signedIn({ accepting: false, capacity: 2, liveLeads: 2, email: 'a@example.com' });
    const page = await ana.get(PATH);
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.text).not.toMatch(/name="accepting"[^>]* checked/);
    expect(page.text).toMatch(/name="notifications.leadNew"|notifications\.leadNew/);
    expect(textOf(page.text)).toContain('You have 2 active deals now; your limit is 2.');
    expect(textOf(page.text)).toContain('Your limit is reached');
    expect(textOf(page.text)).toContain('They go to a@example.com.');
    expect((await ana.get(PATH, 'pt-BR')).text).toContain('Aceitar novas solicitações');
  });

  it('saves all of the form: a box that is not sent is off, an empty limit is none', async () => {
    const ana = await signedIn({ accepting: false, capacity: 2 });
    const version = async () => /name="version" value="([^"]+)"/.exec((await ana.get(PATH)).text)?.[1] ?? '';
    const fields = {
      ...{ accepting: 'yes', capacity: ' 7 ', locale: 'pt-BR', 'notifications.leadNudge': 'yes' },
      version: await version(),
    };
    for (const _ of [1, 2]) {
      const { status, headers } = await ana.post(PATH, fields);
      expect([status, headers.get('location')]).toEqual([303, `${PATH}?done=saved`]);
    }
    expect(await findProfile(api.db, ana.id)).toMatchObject({
      accepting: true,
      capacity: 7,
      locale: 'pt-BR',
      notifications: { leadNew: false, leadNudge: true, leadClosed: false },
    });
    expect((await ana.get(`${PATH}?done=saved`)).text).toContain('Your changes are saved.');
    await ana.post(PATH, { capacity: '', locale: 'en', version: await version() });
    expect(await findProfile(api.db, ana.id)).toMatchObject({ accepting: false, capacity: null });
  });

  it.each(['x', '-1', '1.5', '9999999999', '1e3'])('refuses the limit %s and keeps it', async (capacity) => {
    const ana = await signedIn({ capacity: 3 });
    const page = await ana.post(PATH, { capacity, locale: 'en' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('Enter a whole number');
    expect(page.text).toContain(`value="${capacity}"`);
    expect(page.text).toContain('href="#f-capacity"');
    expect(await findProfile(api.db, ana.id)).toMatchObject({ capacity: 3, accepting: true });
  });

  it('is its partner’s alone', async () => {
    const nobody = await visitor(api);
    expect((await nobody.get(PATH)).headers.get('location')).toBe('/sign-in');
    const cookie = await adminCookie(api.db);
    expect((await api.call(PATH, { headers: { cookie } })).status).toBe(404);
    for (const path of ['', '/keys', `/keys/${UNKNOWN}/revoke`, '/sign-out']) {
      expect((await nobody.post(PATH + path)).status, path).toBe(401);
      const asAdmin = await api.call(PATH + path, { method: 'POST', headers: { cookie } });
      expect(asAdmin.status, path).toBe(404);
    }
  });
});

describe('API keys', () => {
  it('are shown once, work, and are listed by their first characters', async () => {
    const ana = await signedIn();
    expect((await ana.get(PATH)).text).toContain('You have no API key');
    const made = await ana.post(`${PATH}/keys`);
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const [, key = ''] = /<code id="new-key">(terna_[\w-]+)</.exec(made.text) ?? [];
    expect(await principalOf(api.db, key)).toEqual({ role: 'partner', partnerId: ana.id });
    expect(made.text).toContain('data-copy="#new-key"');
    // The links to the other language must lead to a page that can be asked for.
    expect(made.text).toContain(`href="${PATH}?lang=pt-BR"`);
    const page = await ana.get(PATH);
    expect(page.text).not.toContain(key);
    expect(page.text).toContain(`${key.slice(0, 12)}…`);
  });

  it('are revoked for good, once or twice, and only one’s own', async () => {
    const [ana, bia] = [await signedIn(), await signedIn()];
    const key = await createApiKey(api.db, { role: 'partner', partnerId: ana.id });
    await createApiKey(api.db, { role: 'admin' });
    const ids = await api.db.query<{ id: string }>('select id from api_keys where partner_id = $1', [ana.id]);
    const revoke = (who: Visitor, id = ids[0]?.id) => who.post(`${PATH}/keys/${id}/revoke`);
    expect((await ana.get(PATH)).text).toContain(`/keys/${ids[0]?.id}/revoke`);
    expect((await bia.get(PATH)).text).not.toContain(key.slice(0, 12));
    expect((await revoke(bia)).status).toBe(404);
    expect((await revoke(ana, UNKNOWN)).status).toBe(404);
    expect((await revoke(ana, 'x')).status).toBe(404);
    expect(await principalOf(api.db, key)).toBeDefined();
    for (const _ of [1, 2]) {
      const { status, headers } = await revoke(ana);
      expect([status, headers.get('location')]).toEqual([303, `${PATH}?done=revoked#keys`]);
    }
    expect(await principalOf(api.db, key)).toBeUndefined();
    const page = await ana.get(`${PATH}?done=revoked`);
    expect(page.text).toContain('The key is revoked');
    expect(page.text).toContain('Revoked');
    expect(page.text).not.toContain('/revoke"');
  });
});

describe('signed-in browsers', () => {
  it('are signed out together; others stay', async () => {
    const [ana, bia] = [await signedIn(), await signedIn()];
    const again = await visitor(api, ana.id);
    const [link, theirs] = [mintToken(), mintToken()];
    await insertTokens(api.db, 'sign-in', [{ token: link, subjectId: ana.id }], 60_000);
    await insertTokens(api.db, 'sign-in', [{ token: theirs, subjectId: bia.id }], 60_000);
    expect((await ana.get(PATH)).text.match(/\/sessions\/[\w-]+\/sign-out/g)).toHaveLength(2);
    const { status, headers } = await ana.post(`${PATH}/sign-out`);
    expect([status, headers.get('location')]).toEqual([303, '/sign-in']);
    expect(headers.get('set-cookie')).toMatch(/__Host-terna=;/);
    for (const who of [ana, again]) expect((await who.get(PATH)).status).toBe(303);
    expect((await bia.get(PATH)).status).toBe(200);
    // A link that was mailed before signs nobody in any more; another's does.
    const nobody = await visitor(api);
    expect((await nobody.post(`/sign-in/${link}`)).status).toBe(404);
    expect((await nobody.post(`/sign-in/${theirs}`)).status).toBe(303);
  });
});
