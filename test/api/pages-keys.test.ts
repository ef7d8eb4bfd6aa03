import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApiKey, principalOf } from '../../db/api-keys.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { textOf, type Visitor, visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PATH = '/workspace/settings';
const KEYS = `${PATH}/keys`;
const UNKNOWN = '00000000-0000-7000-8000-000000000000';

let api: TestApi;
let ana: Visitor;
let partnerId: string;

beforeAll(async () => {
  api = await openApi('empty');
});
afterAll(() => api.close());

beforeEach(async () => {
  await api.db.query('delete from api_keys');
  const partner = newPartner();
  await insertPartners(api.db, [partner]);
  partnerId = partner.id;
  ana = await visitor(api, partnerId);
});

const keyIn = (html: string) => /<code id="new-key">(terna_[\w-]+)</.exec(html)?.[1] ?? '';
const rows = () =>
  api.db.query<{ id: string; name: string | null; scope: string; days: number | null; hours: number | null }>(
    `select id, name, scope, days, round(extract(epoch from expires_at - now()) / 3600)::int as hours
     from api_keys order by created_at, id`,
  );
const newest = async () => (await rows()).at(-1)?.id ?? '';
const status = async (token: string) => (await api.call('/api/v1/me', { token })).status;

describe('a new API key', () => {
  it('has a name, a scope and an end if they are asked for', async () => {
    const made = await ana.post(KEYS, { name: ' Zoë’s <b> CRM ', scope: 'read', days: '90' });
    expect(made.status).toBe(201);
    expect(await rows()).toMatchObject([{ name: 'Zoë’s <b> CRM', scope: 'read', days: 90, hours: 90 * 24 }]);
    expect(made.text).toContain('Zoë’s &lt;b> CRM');
    expect(textOf(made.text)).toMatch(/Active\s+Read only\s+Created .+ never used · works until /);
    const portuguese = textOf((await ana.get(PATH, 'pt-BR')).text);
    expect(portuguese).toMatch(/Ativa\s+Somente leitura\s+Criada em .+ nunca usada · vale até /);
    expect(await principalOf(api.db, keyIn(made.text))).toEqual({
      role: 'partner',
      partnerId,
      readOnly: true,
    });
  });

  it('has no name, may write and has no end without', async () => {
    for (const fields of [{}, { name: ' ', scope: 'write', days: 'never' }]) await ana.post(KEYS, fields);
    const [first] = await rows();
    expect(first).toMatchObject({ name: null, scope: 'write', days: null, hours: null });
    expect((await ana.get(PATH)).text).not.toContain('Read only<');
  });

  it.each([
    ['name', { name: 'x'.repeat(81) }],
    ['name', { name: 'a\u0007b' }],
    ['scope', { scope: 'all', name: 'Kept' }],
    ['days', { days: '31', name: 'Kept' }],
  ])('is refused with a bad %s, and what was typed is kept', async (field, fields) => {
    const refused = await ana.post(KEYS, fields);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(`href="#f-${field}"`);
    expect(refused.text).toContain(`value="${fields.name}"`);
    expect(refused.text).toMatch(/<details class="making" open/);
    expect(await rows()).toEqual([]);
  });
});

describe('an API key', () => {
  it('opens nothing once it has expired, and is shown so', async () => {
    const key = await createApiKey(api.db, { role: 'partner', partnerId }, { days: 30 });
    await api.db.query(
      "update api_keys set expires_at = expires_at - interval '30 days' + interval '1 minute'",
    );
    expect(await status(key)).toBe(200);
    await api.db.query("update api_keys set expires_at = expires_at - interval '1 minute'");
    expect(await status(key)).toBe(401);
    const { text } = await ana.get(PATH);
    expect(textOf(text)).toMatch(/Expired\s+Created .+ · expired /);
    expect(text).not.toMatch(/\/(revoke|replace)"/);
  });

  it('does not count towards the 20 that may work once it has expired', async () => {
    for (let n = 0; n < 20; n += 1) await createApiKey(api.db, { role: 'partner', partnerId }, { days: 30 });
    expect((await ana.post(KEYS)).status).toBe(409);
    await api.db.query("update api_keys set expires_at = now() - interval '1 second' where id = $1", [
      await newest(),
    ]);
    expect((await ana.post(KEYS)).status).toBe(201);
  });

  it('shows when it was last used', async () => {
    const key = await createApiKey(api.db, { role: 'partner', partnerId });
    await status(key);
    expect(textOf((await ana.get(PATH)).text)).toMatch(/Created .+ · last used /);
  });
});

describe('an API key that is replaced', () => {
  it('works for another 24 hours beside one of the same name, scope and duration', async () => {
    const old = await createApiKey(
      api.db,
      { role: 'partner', partnerId },
      { name: 'CRM', scope: 'read', days: 90 },
    );
    const id = await newest();
    await api.db.query("update api_keys set expires_at = expires_at - interval '60 days'");
    const made = await ana.post(`${KEYS}/${id}/replace`);
    expect(made.status).toBe(201);
    expect(textOf(made.text)).toContain('keeps working for 24 hours');
    expect(made.text).toContain(`href="${PATH}?lang=pt-BR"`);
    expect((await rows()).map(({ name, scope, days, hours }) => [name, scope, days, hours])).toEqual([
      ['CRM', 'read', 90, 24],
      ['CRM', 'read', 90, 90 * 24],
    ]);
    expect([await status(old), await status(keyIn(made.text))]).toEqual([200, 200]);
    const { text } = await ana.get(PATH);
    expect(textOf(text)).toMatch(/Replaced\s+Read only\s+Created .+ works until /);
    expect(text).toContain(`/keys/${id}/revoke"`);
    expect(text).not.toContain(`/keys/${id}/replace"`);

    await api.db.query(
      "update api_keys set expires_at = expires_at - interval '24 hours' where replaced_at is not null",
    );
    expect([await status(old), await status(keyIn(made.text))]).toEqual([401, 200]);
  });

  it('does not work longer than it would have', async () => {
    await createApiKey(api.db, { role: 'partner', partnerId }, { days: 30 });
    await api.db.query("update api_keys set expires_at = now() + interval '2 hours'");
    await ana.post(`${KEYS}/${await newest()}/replace`);
    expect((await rows()).map(({ hours }) => hours)).toEqual([2, 30 * 24]);
  });

  it('is replaced once, however often the button is pressed', async () => {
    await createApiKey(api.db, { role: 'partner', partnerId });
    const id = await newest();
    const answers = await Promise.all([1, 2, 3].map(() => ana.post(`${KEYS}/${id}/replace`)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 201]);
    expect(answers.filter(({ text }) => text.includes('has already been created'))).toHaveLength(2);
    expect(await rows()).toHaveLength(2);
  });

  it('is one’s own, works, and leaves no more than 20', async () => {
    const bia = await visitor(api, (await newOther()).id);
    await createApiKey(api.db, { role: 'partner', partnerId });
    const id = await newest();
    for (const [who, which] of [[bia, id] as const, [ana, UNKNOWN] as const, [ana, 'x'] as const])
      expect((await who.post(`${KEYS}/${which}/replace`)).status).toBe(404);
    for (let n = 1; n < 20; n += 1) await createApiKey(api.db, { role: 'partner', partnerId });
    const full = await ana.post(`${KEYS}/${id}/replace`);
    expect([full.status, (await rows())[0]?.hours]).toEqual([409, null]);
    expect(full.text).toContain('You have 20 API keys that work');
    await ana.post(`${KEYS}/${id}/revoke`);
    const late = await ana.post(`${KEYS}/${id}/replace`);
    expect(late.status).toBe(409);
    expect(late.text).toContain('That is no longer possible');
    expect(await rows()).toHaveLength(20);
  });
});

async function newOther() {
  const partner = newPartner();
  await insertPartners(api.db, [partner]);
  return partner;
}
