import { describe, expect, it } from 'vitest';
import { type TestApi, testApi } from '../helpers/http-api.ts';
import { mailsTo, sendAndRoute } from '../helpers/http-requests.ts';
import { insertPartners, newPartner, type TestPartner } from '../helpers/partners.ts';

const client = { name: 'Ana Souza', email: 'ana@example.com', locale: 'en' };
const automated = { client, criteria: { services: ['crm-setup'] } };

async function withPartners(...partners: Partial<TestPartner>[]): Promise<TestApi> {
  const api = await testApi('empty');
  await insertPartners(api.db, partners.map(newPartner));
  return api;
}

describe('a request that fewer than three partners match', () => {
  it('goes to two, and the mail says that they are two', async () => {
    const api = await withPartners({}, {});
    const seen = await sendAndRoute(api, automated);
    expect(seen).toMatchObject({ status: 'routed', matches: [{ status: 'sent' }, { status: 'sent' }] });
    const [mail] = await mailsTo(api, client.email);
    expect(mail?.subject).toBe('2 partners have your request: CRM setup');
    expect(mail?.text).toContain('2 partners match your request at the moment');
  });

  it('goes to one, and the mail says that it is one', async () => {
    const api = await withPartners({ name: 'Only One' });
    const seen = await sendAndRoute(api, automated);
    expect(seen.matches.map(({ partner }) => partner.name)).toEqual(['Only One']);
    const [mail] = await mailsTo(api, client.email);
    expect(mail?.subject).toBe('A partner has your request: CRM setup');
    expect(mail?.text).toContain('One partner matches your request');
  });

  it('tells that one client in Portuguese as well', async () => {
    const api = await withPartners({}, {});
    await sendAndRoute(api, { ...automated, client: { ...client, locale: 'pt-BR' } });
    const [mail] = await mailsTo(api, client.email);
    expect(mail?.text).toContain('2 parceiros atendem ao que você pediu');
  });

  it('goes to nobody: it is unmatched, and the client is told with a link', async () => {
    const api = await withPartners({ services: ['landing-pages'] });
    const seen = await sendAndRoute(api, automated);
    expect(seen).toMatchObject({ status: 'unmatched', answerDueAt: null, matches: [] });
    const [mail, ...more] = await mailsTo(api, client.email);
    expect(mail).toMatchObject({ template: 'request-unmatched', locale: 'en' });
    expect(mail?.text).toMatch(new RegExp(`/requests/${seen.id}/[\\w-]{43}`));
    expect(more).toEqual([]);
  });
});

describe('who is not picked', () => {
  it.each<[string, Partial<TestPartner>]>([
    ['at its capacity', { capacity: 2, liveLeads: 2 }],
    ['with no capacity at all', { capacity: 0 }],
    ['that does not accept', { accepting: false }],
    ['that is not listed', { listed: false }],
    ['without the service', { services: ['landing-pages'] }],
    ['in another country', { country: 'PT' }],
    ['without the language', { primaryLanguage: 'es' }],
    ['of another type', { type: 'freelancer' }],
    ['of a higher tier', { tier: 'gold' }],
  ])('is a partner %s', async (_, overrides) => {
    const wanted = { country: 'BR', primaryLanguage: 'pt', tier: 'silver', type: 'agency' } as const;
    const api = await withPartners({ ...wanted, slug: 'fits' }, { ...wanted, ...overrides });
    const criteria = {
      services: ['crm-setup'],
      country: 'BR',
      language: 'pt',
      partnerType: 'agency',
      tier: 'silver',
    };
    const seen = await sendAndRoute(api, { client, criteria });
    expect(seen.matches.map(({ partner }) => partner.slug)).toEqual(['fits']);
  });

  it('is a partner who reached its capacity by earlier requests', async () => {
    const api = await withPartners({ capacity: 2 });
    const statuses: string[] = [];
    for (let i = 0; i < 3; i++) statuses.push((await sendAndRoute(api, automated)).status);
    expect(statuses).toEqual(['routed', 'routed', 'unmatched']);
  });
});

it('a partner speaking the language second is picked too, and the reason says so', async () => {
  const api = await withPartners({ primaryLanguage: 'es', languages: ['es', 'pt'] });
  const seen = await sendAndRoute(api, { client, criteria: { language: 'pt' } });
  expect(seen.matches[0]?.reasons).toEqual([
    'Also works in Portuguese',
    'New in the catalog and available for first projects',
  ]);
});
