import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type TestApi, testApi } from '../helpers/http-api.ts';
import { mailsTo, REQUESTS, type SeenRequest, sendAndRoute } from '../helpers/http-requests.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const DAY_MS = 86_400_000;

describe('a routed request', () => {
  let api: TestApi;
  let english: SeenRequest;
  let brazilian: SeenRequest;
  let before: number;
  const client = { name: 'Ana Souza', email: 'ana@example.com' };

  beforeAll(async () => {
    api = await openApi('seeded');
    before = Date.now();
    english = await sendAndRoute(api, { client: { ...client, email: 'en@example.com', locale: 'en' } });
    brazilian = await sendAndRoute(api, { client: { ...client, locale: 'pt-BR' } });
  });
  afterAll(() => api.close());

  it('went to three different partners, who have three days to answer', () => {
    expect(english.status).toBe('routed');
    expect(new Set(english.matches.map(({ partner }) => partner.id)).size).toBe(3);
    const due = Date.parse(english.answerDueAt ?? '') - before;
    expect(due).toBeGreaterThan(3 * DAY_MS - 60_000);
    expect(due).toBeLessThan(3 * DAY_MS + 60_000);
    expect(english.answerDueAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/);
  });

  it('shows of each partner what the contract says and no more', async () => {
    for (const { partner, status, answeredAt } of english.matches) {
      expect(Object.keys(partner).sort()).toEqual(['id', 'name', 'slug', 'title']);
      const { body } = await api.call<typeof partner>(`/api/v1/partners/${partner.slug}`);
      expect(body).toMatchObject(partner);
      expect([status, answeredAt]).toEqual(['sent', null]);
    }
  });

  it('gives the reasons in the language of the client', () => {
    for (const { reasons } of english.matches) {
      expect(reasons).toContain('Offers every service asked for: CRM setup');
      expect(reasons).toContain('Located in Brazil');
      expect(reasons.some((reason) => /^(Primary language:|Also works in) Portuguese/.test(reason))).toBe(
        true,
      );
    }
    for (const { reasons } of brazilian.matches) {
      expect(reasons).toContain('Oferece todos os serviços pedidos: Configuração de CRM');
      expect(reasons).toContain('Localização: Brasil');
      expect(reasons.every((reason) => reason.trim() !== '')).toBe(true);
    }
  });

  it('picked only partners that meet every wish', async () => {
    for (const { partner } of [...english.matches, ...brazilian.matches]) {
      const { body } = await api.call<{
        services: string[];
        country: string;
        languages: { code: string }[];
        accepting: boolean;
      }>(`/api/v1/partners/${partner.id}`);
      expect(body.services).toContain('crm-setup');
      expect(body.languages.map(({ code }) => code)).toContain('pt');
      expect([body.country, body.accepting]).toEqual(['BR', true]);
    }
  });

  it('is told to the client and to each partner in one mail, each with its own words', async () => {
    const [mail, ...more] = await mailsTo(api, 'en@example.com');
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ template: 'request-routed', locale: 'en' });
    expect(mail?.text).toContain('three different partners');
    for (const { partner } of english.matches) expect(mail?.text).toContain(partner.name);
    const leads = await api.db.query(
      `select count(*)::int as n, count(distinct partner_id)::int as partners from emails
       where template = 'lead-new' and status = 'sent' and request_id = $1`,
      [english.id],
    );
    expect(leads).toEqual([{ n: 3, partners: 3 }]);
  });

  it('has a link in the client’s mail that opens it', async () => {
    const [mail] = await mailsTo(api, 'en@example.com');
    const links = [...(mail?.text ?? '').matchAll(/https:\S+/g)].map(([link]) => link);
    expect(links).toHaveLength(1);
    const [, id = '', token = ''] = /\/requests\/([^/]+)\/([^/]+)$/.exec(links[0] ?? '') ?? [];
    expect(id).toBe(english.id);
    expect((await api.call(`${REQUESTS}/${id}`, { token })).status).toBe(200);
  });

  it('speaks the language of Accept-Language where the client named none', async () => {
    const portuguese = await sendAndRoute(api, { client }, { 'accept-language': 'pt-BR,pt;q=0.9,en;q=0.5' });
    expect(portuguese.matches[0]?.reasons).toContain('Localização: Brasil');
    const other = await sendAndRoute(api, { client }, { 'accept-language': 'ja' });
    expect(other.matches[0]?.reasons).toContain('Located in Brazil');
  });
});

it('waits for an answer as long as ANSWER_WINDOW says', async () => {
  const api = await testApi('empty', { env: { ANSWER_WINDOW: 'PT2H' } });
  await insertPartners(api.db, [newPartner()]);
  const seen = await sendAndRoute(api, { criteria: {} });
  const hours = (Date.parse(seen.answerDueAt ?? '') - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(1.9);
  expect(hours).toBeLessThan(2.1);
  expect((await mailsTo(api, 'ana@example.com'))[0]?.text).toContain('2 horas');
});
