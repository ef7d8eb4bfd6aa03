import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminApi, openAdminApi } from '../helpers/admin-api.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

interface Name {
  id: string;
  slug: string;
  name: string;
}

describe('a match preview', () => {
  let api: AdminApi;
  beforeAll(async () => {
    api = await openAdminApi('empty');
    await insertPartners(api.db, [
      ...Array.from({ length: 30 }, (_, n) => newPartner({ slug: `p${n}`, rank: n, liveLeads: n % 3 })),
      newPartner({ slug: 'portuguese', primaryLanguage: 'pt', rank: 1 }),
      newPartner({ slug: 'full', capacity: 2, liveLeads: 2, rank: 99 }),
      newPartner({ slug: 'pausing', accepting: false, rank: 99 }),
      newPartner({ slug: 'unlisted', listed: false, rank: 99 }),
    ]);
  });
  afterAll(() => api.close());

  interface Preview {
    policy: string;
    seed: string;
    eligible: number;
    candidates: { partner: Name; weight: number; rank: number; liveLeads: number }[];
    picked: Name[];
  }
  const preview = async (json: unknown) => {
    const { status, body, text } = await api.admin<Preview>('/match-preview', { json });
    expect(status, text).toBe(200);
    return body;
  };

  it('shows who would be asked, with weights, by either policy', async () => {
    const top = await preview({ criteria: { services: ['crm-setup'], language: 'en' }, policy: 'top' });
    expect(top).toMatchObject({ policy: 'top', eligible: 30, policyVersion: 1 });
    expect(top.picked.map(({ slug }) => slug)).toEqual(['p29', 'p28', 'p27']);
    expect(top.candidates).toHaveLength(24);
    expect(top.candidates[0]).toMatchObject({ partner: { slug: 'p29' }, weight: 1, rank: 29, liveLeads: 2 });
    expect(top.candidates[3]?.weight).toBe(0);

    const balanced = await preview({ criteria: {} });
    expect(balanced).toMatchObject({ policy: 'balanced', eligible: 31 });
    expect(new Set(balanced.picked.map(({ id }) => id)).size).toBe(3);
    const seeds = new Set([balanced.seed, (await preview({ criteria: {} })).seed]);
    expect(seeds.size).toBe(2);
    expect((await preview({})).eligible).toBe(31);
  });

  it('shows few, or nobody', async () => {
    const few = await preview({ criteria: { language: 'pt' } });
    expect([few.eligible, few.picked.map(({ slug }) => slug)]).toEqual([1, ['portuguese']]);
    expect(await preview({ criteria: { country: 'AX' } })).toMatchObject({
      eligible: 0,
      candidates: [],
      picked: [],
    });
  });

  it('writes nothing, and refuses what a request is refused for', async () => {
    const rows = () =>
      api.db.query(`select (select count(*) from requests) as requests, (select count(*) from draws) as draws,
        (select count(*) from outbox) as jobs, (select sum(live_leads) from partners) as leads`);
    const before = await rows();
    await preview({ criteria: {} });
    expect(await rows()).toEqual(before);
    for (const [json, pointer] of [
      [{ criteria: { country: 'ZZ' } }, '/criteria/country'],
      [{ criteria: { services: ['x'] } }, '/criteria/services/0'],
      [{ policy: 'best' }, '/policy'],
    ] as const) {
      const { status, body } = await api.admin('/match-preview', { json });
      expect([status, body.errors?.[0]?.pointer]).toEqual([422, pointer]);
    }
  });
});
