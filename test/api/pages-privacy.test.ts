import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONSENT_VERSION } from '../../locales/consent.ts';
import { openAdminPages } from '../helpers/admin-pages.ts';
import type { TestApi } from '../helpers/http-api.ts';
import { send } from '../helpers/http-requests.ts';
import { textOf, type Visitor, visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PATH = '/admin/privacy';
const email = 'zoe@clients.example';
const NAME = 'Zoë Zimt';
const partner = newPartner();

describe('the page about personal data', () => {
  let api: TestApi;
  let admin: Visitor;
  beforeAll(async () => {
    ({ api, admin } = await openAdminPages());
    await insertPartners(api.db, [partner]);
    await send(api, { client: { name: NAME, email, locale: 'en' }, criteria: {} });
    await api.deliver();
  });
  afterAll(() => api.close());

  it('says what is held, and never puts the address into an address', async () => {
    const asked = await admin.get(PATH, 'pt-BR');
    expect(asked.text).toContain('Dados pessoais');
    const { status, text, headers } = await admin.post(PATH, { email: ' ZOE@clients.example ' });
    expect([status, headers.get('location'), headers.get('cache-control')]).toEqual([200, null, 'no-store']);
    expect(textOf(text)).toMatch(/Requests as a client 1 \( ?1 is still running ?\) Reviews written 0/);
    expect(text).not.toMatch(/(?:href|action)="[^"]*(?:@|%40)/);
  });

  it('says when there is nothing, and when it is no address', async () => {
    expect((await admin.post(PATH, { email: 'nobody@clients.example' })).text).toContain('Nothing is held');
    const wrong = await admin.post(PATH, { email: 'zoe' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('value="zoe"');
    for (const deed of ['export', 'erase']) {
      const { status, headers } = await admin.post(`${PATH}/${deed}`, { email: 'zoe' });
      expect([status, headers.get('location')]).toEqual([303, PATH]);
    }
  });

  it('hands all of it over as a file, and keeps on record that it did', async () => {
    const { status, headers, text } = await admin.post(`${PATH}/export`, { email });
    expect([status, headers.get('content-disposition')]).toEqual([
      200,
      'attachment; filename=personal-data.json',
    ]);
    expect(JSON.parse(text)).toMatchObject({ email, requests: [{ client: { name: NAME, email } }] });
    const actions = `select actor, subject_id, detail from audit_log where action = 'personal-data.export'`;
    expect(await api.db.query(actions)).toEqual([{ actor: 'admin', subject_id: null, detail: {} }]);
  });

  it('shows disclosures and consent in the request’s story, and erases', async () => {
    const [row] = await api.db.query<{ id: string }>('select id from requests');
    const path = `/admin/requests/${row?.id}`;
    const before = (await admin.get(path)).text;
    expect(before).toContain(NAME);
    expect(textOf(before)).toMatch(
      /Who got the client’s details Partner \w+ name, email address,? and the project/,
    );
    expect(textOf(before)).toContain(`Consent text Version ${CONSENT_VERSION}`);

    const { status, headers } = await admin.post(`${PATH}/erase`, { email });
    const location = headers.get('location') ?? '';
    expect([status, location]).toEqual([303, `${PATH}?done=erased&requests=1&partners=0&administrators=0`]);
    expect((await admin.get(location)).text).toContain('was erased. Requests: 1;');
    const story = (await admin.get(path)).text;
    expect(story).not.toContain(NAME);
    expect(textOf(story)).toContain('The client’s details were erased');
    expect(textOf(story)).toContain('Who got the client’s details');

    const board = await visitor(api, partner.id);
    const [deal] = await api.db.query<{ id: string }>('select id from deals');
    const page = await board.get(`/workspace/deals/${deal?.id}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Erased request');
    expect(page.text).not.toContain('mailto:');
  });

  it('signs an administrator out who erases itself', async () => {
    const { status } = await admin.post(`${PATH}/erase`, { email: 'ROOT@terna.example' });
    expect(status).toBe(303);
    expect((await admin.get(PATH)).headers.get('location')).toBe('/sign-in');
    expect(await api.db.query('select id from admins')).toEqual([]);
  });
});
