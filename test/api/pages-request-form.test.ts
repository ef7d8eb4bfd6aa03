import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CONSENT_VERSION } from '../../locales/consent.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { written } from '../helpers/http-requests.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { type Fields, FORM, openForm, requestRows, sendForm, shown, typed } from '../helpers/request-form.ts';

const HOSTILE = "Zoë O'Neil <b>";

describe('the request form', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openApi('empty');
    await insertPartners(api.db, [newPartner(), newPartner({ country: 'PT', primaryLanguage: 'pt' })]);
  });
  beforeEach(async () => {
    await api.db.query('truncate requests, idempotency_keys, access_tokens, outbox cascade');
  });
  afterAll(() => api.close());

  const open = (path = FORM, lang = 'en') => openForm(api, path, lang);
  const send = (fields: Fields, lang = 'en') => sendForm(api, fields, lang);
  const requests = () => requestRows(api);

  it('takes a request for matching, and leads to its page', async () => {
    const { status, location, headers } = await send(typed());
    expect(status).toBe(303);
    expect(location).toMatch(/^\/requests\/[\da-f-]{36}\/[\w-]{43}\?new=1$/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(await requests()).toEqual([
      expect.objectContaining({
        mode: 'automated',
        title: 'CRM for a bakery',
        name: 'Ana Souza',
        locale: 'en',
        services: [],
        country: null,
        amount: null,
        currency: null,
        phone: null,
      }),
    ]);
    expect(await written(api)).toMatchObject({ requests: 1, promises: 1 });
  });

  it('keeps which words were agreed to; a form with other words asks again', async () => {
    const version = shown((await open()).text, 'consentVersion');
    expect(version).toBe(CONSENT_VERSION);
    expect((await send(typed({ consentVersion: '2020-01-01' }))).status).toBe(422);
    expect((await send(typed({ consentVersion: CONSENT_VERSION }))).status).toBe(303);
    expect(await api.db.query('select consent_version as version from requests')).toEqual([{ version }]);
  });

  it('takes everything that can be said', async () => {
    await send(
      typed({
        'client.locale': 'pt-BR',
        'client.name': HOSTILE,
        'client.phone': '+55 11 5555 0100',
        'project.description': 'First.\r\n\r\nSecond.',
        'project.budget.amount': '1.500,50',
        'project.budget.currency': 'BRL',
        'project.deadline': '2020-01-31',
        'criteria.services': ['crm-setup', 'landing-pages'],
        'criteria.country': 'BR',
        'criteria.language': 'pt',
        'criteria.partnerType': 'agency',
        'criteria.tier': 'gold',
      }),
    );
    expect(await requests()).toEqual([
      {
        mode: 'automated',
        title: 'CRM for a bakery',
        description: 'First.\n\nSecond.',
        name: HOSTILE,
        phone: '+55 11 5555 0100',
        locale: 'pt-BR',
        services: ['crm-setup', 'landing-pages'],
        country: 'BR',
        language: 'pt',
        type: 'agency',
        tier: 'gold',
        amount: '1500.50',
        currency: 'BRL',
        deadline: '2020-01-31',
        partnerId: null,
      },
    ]);
  });

  it('starts with the filters of the catalog, and folds up what nobody has asked for', async () => {
    const { text } = await open(
      `${FORM}?services=crm-setup,landing-pages&country=BR&language=xx&type=agency&tier=gold`,
    );
    const ticked = [...text.matchAll(/value="([\w-]+)" checked/g)].map(([, value]) => value);
    expect(ticked).toEqual(['crm-setup', 'landing-pages']);
    const picked = [
      ...text.matchAll(/<option[^>]*selected[^>]*value="(\w+)"|<option[^>]*value="(\w+)"[^>]*selected/g),
    ];
    expect(picked.map(([, before, after]) => before ?? after)).toEqual(['USD', 'BR', 'agency', 'gold']);
    expect(text).toMatch(/<details class="wishes" open/);
    expect((await open()).text).toMatch(/<details class="wishes">/);
  });

  it('offers the countries and languages of the catalog by name', async () => {
    const { text } = await open(FORM, 'pt-BR');
    const options = (name: string) =>
      [
        ...(text.split(`name="${name}"`)[1]?.split('</select>')[0] ?? '').matchAll(/<option[^>]*>([^<]+)/g),
      ].map(([, label]) => label);
    expect(options('criteria.country')).toEqual(['Qualquer', 'Brasil', 'Portugal']);
    expect(options('criteria.language')).toEqual(['Qualquer', 'inglês', 'português']);
    expect(text).toMatch(/<option[^>]*selected[^>]*>BRL/);
    expect(text).toContain('até três parceiros compatíveis');
  });

  it('says what is wrong beside the fields and above, in their order, and keeps what was typed', async () => {
    const { status, text } = await send({
      key: 'kept',
      'project.title': ' ',
      'project.description': '</textarea><b>',
      'project.budget.amount': 'a lot',
      'project.budget.currency': 'EUR',
      'project.deadline': '2020-01-31',
      'criteria.services': 'crm-setup',
      'criteria.tier': 'gold',
      'client.name': HOSTILE,
      'client.email': 'ana@',
    });
    expect(status).toBe(422);
    const summary = /<div class="notice bad summary-of-errors".*?<\/div>/.exec(text)?.[0] ?? '';
    const targets = [...summary.matchAll(/href="#([\w-]+)"/g)].map(([, id = '']) => id);
    expect(targets).toEqual(['f-project-title', 'f-project-budget-amount', 'f-client-email', 'f-consent']);
    for (const id of targets) {
      expect(text).toContain(`id="${id}"`);
      expect(text).toContain(`id="${id}-error"`);
    }
    expect(text).toContain('&lt;/textarea>&lt;b>');
    expect(shown(text, 'client.name')).toBe("Zoë O'Neil &lt;b>");
    expect(shown(text, 'project.budget.amount')).toBe('a lot');
    expect(shown(text, 'key')).toBe('kept');
    expect(text).toMatch(/<option[^>]*selected[^>]*>EUR/);
    expect(text).toMatch(/value="crm-setup" checked/);
    expect(text).toMatch(/<details class="wishes" open/);
    expect(text).toContain('This day has already passed.');
    expect(await written(api)).toMatchObject({ requests: 0 });
  });

  it('names every field that is missing from an empty form', async () => {
    const { status, text } = await send({}, 'pt-BR');
    expect(status).toBe(422);
    expect(text).toContain('Falta acertar 5 detalhes:');
    for (const name of ['project-title', 'project-description', 'client-name', 'client-email', 'consent'])
      expect(text).toContain(`href="#f-${name}"`);
  });

  it.each<[string, Fields]>([
    [
      'unknown fields',
      { admin: 'yes', client: 'x', project: 'x', '__proto__.x': 'y', 'constructor.prototype.x': 'y' },
    ],
    ['fields that come twice', { 'client.name': ['Ana Souza', 'Eve'], key: ['a', 'b'] }],
  ])('takes no harm from %s', async (_, more) => {
    expect((await send(typed(more))).status).toBe(303);
    expect(await requests()).toEqual([expect.objectContaining({ name: 'Ana Souza' })]);
  });

  it('refuses a service that does not exist as a wrong choice', async () => {
    const { status, text } = await send(typed({ 'criteria.services': ['crm-setup', 'magic'] }));
    expect(status).toBe(422);
    expect(text).toContain('href="#f-criteria-services"');
  });

  it('refuses what another site posts', async () => {
    const { status } = await api.call(FORM, {
      method: 'POST',
      body: new URLSearchParams({ 'client.name': 'x' }),
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(status).toBe(403);
  });
});
