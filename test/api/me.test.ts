import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boardApi, type Caller, codes, ME, newCaller } from '../helpers/board-api.ts';
import type { TestApi } from '../helpers/http-api.ts';
import type { Page, SeenPartner } from '../helpers/http-catalog.ts';

type Seen = Record<string, unknown>;

describe('a partner’s own profile', () => {
  let api: TestApi;
  let ana: Caller;
  let bia: Caller;
  const read = async (caller: Caller) => (await caller.call<Seen>(ME)).body;

  beforeAll(async () => {
    api = await boardApi();
    [ana, bia] = [
      await newCaller(api, {
        name: 'Ana Ltda',
        title: 'CRM',
        slug: 'ana',
        email: 'a@example.com',
        liveLeads: 2,
      }),
      await newCaller(api, { listed: false }),
    ];
  });
  afterAll(() => api.close());

  it('shows everything, also what the catalog does not', async () => {
    const answer = await ana.call<Seen>(ME);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toEqual({
      id: ana.id,
      slug: 'ana',
      title: 'CRM',
      name: 'Ana Ltda',
      about: '',
      type: 'agency',
      tier: 'silver',
      country: 'BR',
      languages: [{ code: 'en', primary: true }],
      services: ['crm-setup'],
      email: 'a@example.com',
      locale: 'en',
      accepting: true,
      capacity: null,
      liveLeads: 2,
      listed: true,
      rating: null,
      reviewCount: 0,
      completedProjects: 0,
      answerSeconds: null,
      notifications: { leadNew: true, leadNudge: true, leadClosed: true },
    });
    expect(await read(bia)).toMatchObject({ id: bia.id, listed: false });
  });

  it('changes what is sent and nothing else, of this partner alone', async () => {
    const [before, other] = [await read(ana), await read(bia)];
    const change = {
      title: 'Automação São Tomé',
      name: `Zoë O'Neil <b>`,
      about: 'Two\nlines',
      services: ['email-marketing', 'crm-setup'],
      country: 'PT',
      languages: [
        { code: 'en', primary: false },
        { code: 'pt', primary: true },
      ],
      locale: 'pt-BR',
      accepting: false,
      capacity: 7,
    };
    const answer = await ana.call<Seen>(ME, 'PATCH', { ...change, notifications: { leadNudge: false } });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toEqual({
      ...before,
      ...change,
      services: ['crm-setup', 'email-marketing'],
      languages: [
        { code: 'pt', primary: true },
        { code: 'en', primary: false },
      ],
      notifications: { leadNew: true, leadNudge: false, leadClosed: true },
    });
    expect(await read(ana)).toEqual(answer.body);
    expect(await read(bia)).toEqual(other);
    expect((await ana.call<Seen>(ME, 'PATCH', {})).body).toEqual(answer.body);
    const more = { capacity: null, about: '', notifications: { leadNew: false } };
    expect((await ana.call<Seen>(ME, 'PATCH', more)).body).toEqual({
      ...answer.body,
      ...more,
      notifications: { leadNew: false, leadNudge: false, leadClosed: true },
    });
  });

  it('is found in the catalog by its new words, and no more by the old ones', async () => {
    await ana.call(ME, 'PATCH', { title: 'Funis de Conversão', name: 'Ipê' });
    const found = async (q: string) =>
      (await api.call<Page<SeenPartner>>(`/api/v1/partners?q=${encodeURIComponent(q)}`)).body.data.map(
        ({ id }) => id,
      );
    expect(await found('conversao')).toEqual([ana.id]);
    await ana.call(ME, 'PATCH', { name: 'Jatobá' });
    expect([await found('jatoba'), await found('conversão'), await found('ipe')]).toEqual([
      [ana.id],
      [ana.id],
      [],
    ]);
  });

  it('keeps both of two changes at once', async () => {
    const changes = [
      { title: 'New title' },
      { name: 'New name' },
      { capacity: 3 },
      { notifications: { leadNew: true } },
    ];
    const answers = await Promise.all(changes.map((change) => ana.call(ME, 'PATCH', change)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await read(ana)).toMatchObject({
      ...Object.assign({}, ...changes),
      notifications: { leadNew: true },
    });
    expect(await api.db.query('select search_text from partners where id = $1', [ana.id])).toEqual([
      { search_text: 'new title new name' },
    ]);
  });

  const two = (first: boolean, second: boolean) => [
    { code: 'en', primary: first },
    { code: 'pt', primary: second },
  ];

  it.each<[unknown, string]>([
    ...['type', 'tier', 'email', 'slug', 'listed', 'id', 'rank', 'liveLeads', 'rating', '__x'].map(
      (field): [unknown, string] => [{ [field]: 'gold' }, `/${field} unknown_field`],
    ),
    [{ services: ['crm-setup', 'nonsense'] }, '/services/1 unknown_service'],
    [{ services: [] }, '/services too_small'],
    [{ country: 'ZZ' }, '/country unknown_country'],
    [{ languages: [{ code: 'pt-BR', primary: true }] }, '/languages/0/code unknown_language'],
    [{ languages: two(true, true) }, '/languages one_primary'],
    [{ languages: two(false, false) }, '/languages one_primary'],
    [{ languages: [...two(true, false), { code: 'pt', primary: false }] }, '/languages duplicate_language'],
    [{ languages: [] }, '/languages too_small'],
    [{ languages: [{ code: 'pt' }] }, '/languages/0/primary required'],
    [{ locale: 'pt' }, '/locale invalid_value'],
    [{ title: '' }, '/title too_small'],
    [{ title: null }, '/title invalid_type'],
    [{ name: 'a\u0000' }, '/name invalid_text'],
    [{ name: 'x'.repeat(201) }, '/name too_big'],
    [{ about: 'a\u0007' }, '/about invalid_text'],
    [{ about: 'x'.repeat(10_001) }, '/about too_big'],
    [{ accepting: 'yes' }, '/accepting invalid_type'],
    [{ capacity: -1 }, '/capacity too_small'],
    [{ capacity: 1.5 }, '/capacity invalid_type'],
    [{ notifications: { leadLost: true } }, '/notifications/leadLost unknown_field'],
    [[], ' invalid_type'],
  ])('refuses %j with 422', async (change, error) => {
    const before = await read(ana);
    const answer = await ana.call(ME, 'PATCH', change);
    expect(answer.status).toBe(422);
    expect(codes(answer)).toContain(error);
    expect(await read(ana)).toEqual(before);
  });

  it('needs a partner’s key, and a method that is known', async () => {
    for (const path of [ME, `${ME}/rank`]) {
      expect((await api.call(path)).status).toBe(401);
      expect((await ana.call(path, 'DELETE')).status).toBe(405);
    }
  });
});
