import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { type AdminApi, openAdminApi } from '../helpers/admin-api.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

describe('the administrators’ side', () => {
  let api: AdminApi;
  beforeAll(async () => {
    api = await openAdminApi('empty');
  });
  afterAll(() => api.close());

  const ID = '00000000-0000-7000-8000-000000000000';

  it.each([
    ['GET', '/partners'],
    ['POST', '/partners'],
    ['GET', `/partners/${ID}`],
    ['PATCH', `/partners/${ID}`],
    ['GET', '/requests'],
    ['GET', `/requests/${ID}`],
    ['GET', '/jobs/failed'],
    ['POST', `/jobs/${ID}/retry`],
    ['POST', '/match-preview'],
    ['GET', '/reviews'],
    ['POST', `/reviews/${ID}/hide`],
    ['POST', `/reviews/${ID}/restore`],
    ['GET', '/nothing'],
  ])('is 401 to all others: %s %s', async (method, path) => {
    const partner = newPartner();
    await insertPartners(api.db, [partner]);
    const key = await createApiKey(api.db, { role: 'partner', partnerId: partner.id });
    for (const token of [undefined, key, 'unknown']) {
      const json = method === 'GET' ? {} : { json: {} };
      const answer = await api.call(`/admin${path}`, { method, ...json, ...(token && { token }) });
      expect([answer.status, answer.body.status]).toEqual([401, 401]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('knows nothing else', async () => {
    expect((await api.admin('/nothing')).status).toBe(404);
    expect((await api.admin('/partners', { method: 'DELETE' })).status).toBe(405);
    expect((await api.admin(`/requests/${ID}`)).status).toBe(404);
    expect((await api.admin('/requests/x')).status).toBe(404);
  });
});
