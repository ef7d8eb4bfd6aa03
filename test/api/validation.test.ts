import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { REQUESTS, withField, without, written } from '../helpers/http-requests.ts';
import { requestBody } from '../helpers/requests.ts';

const LONG_EMAIL = `a@${Array(5).fill('b'.repeat(60)).join('.')}.com`;

/** A field, a value that it may not have, and the code of the error; the pointer is the field unless given. */
type Case = [field: string, value: unknown, code: string, pointer?: string];

const WRONG: Case[] = [
  ['consent', false, 'invalid_value'],
  ['consent', 'true', 'invalid_value'],
  ['consent', 1, 'invalid_value'],
  ['criteria.services', ['no-such-service'], 'unknown_service', '/criteria/services/0'],
  ['criteria.services', ['crm-setup', ''], 'unknown_service', '/criteria/services/1'],
  ['criteria.services', [7], 'invalid_type', '/criteria/services/0'],
  ['criteria.services', 'crm-setup', 'invalid_type'],
  ['criteria.services', null, 'invalid_type'],
  ['criteria.services', Array(11).fill('crm-setup'), 'too_big'],
  ['criteria.country', 'ZZ', 'unknown_country'],
  ['criteria.country', 'EU', 'unknown_country'],
  ['criteria.country', 'br', 'unknown_country'],
  ['criteria.country', 'BRA', 'unknown_country'],
  ['criteria.country', 'BR\n', 'unknown_country'],
  ['criteria.country', '', 'unknown_country'],
  ['criteria.country', ['BR'], 'invalid_type'],
  ['criteria.language', 'xx', 'unknown_language'],
  ['criteria.language', 'pt-BR', 'unknown_language'],
  ['criteria.language', 'PT', 'unknown_language'],
  ['criteria.language', 'portuguese', 'unknown_language'],
  ['criteria.language', '', 'unknown_language'],
  ['criteria.language', 55, 'invalid_type'],
  ['criteria.partnerType', 'company', 'invalid_value'],
  ['criteria.tier', 'bronze', 'invalid_value'],
  ['client.locale', 'pt', 'invalid_value'],
  ['client.locale', 'de', 'invalid_value'],
  ['client.email', 'ana', 'invalid_format'],
  ['client.email', 'ana@example', 'invalid_format'],
  ['client.email', 'a@b@example.com', 'invalid_format'],
  ['client.email', 'ana@example.com\r\nBcc: all@example.com', 'invalid_format'],
  ['client.email', 'Ana <ana@example.com>', 'invalid_format'],
  ['client.email', 'a@example.com,b@example.com', 'invalid_format'],
  ['client.email', LONG_EMAIL, 'too_big'],
  ['client.email', { address: 'ana@example.com' }, 'invalid_type'],
  ['client.name', '', 'too_small'],
  ['client.name', '   ', 'too_small'],
  ['client.name', 'n'.repeat(201), 'too_big'],
  ['client.name', 'Ana\nBcc: all@example.com', 'invalid_text'],
  ['client.name', 'Ana\u0000', 'invalid_text'],
  ['client.name', 'Ana \u0085', 'invalid_text'],
  ['client.name', 'Ana\u2028Souza', 'invalid_text'],
  ['client.name', 'Ana \ud83d', 'invalid_text'],
  ['client.name', ['Ana'], 'invalid_type'],
  ['client.phone', '1'.repeat(51), 'too_big'],
  ['client.phone', 5_555, 'invalid_type'],
  ['client.company', 'c'.repeat(201), 'too_big'],
  ['project.title', 't'.repeat(201), 'too_big'],
  ['project.title', 'CRM\nsetup', 'invalid_text'],
  ['project.title', true, 'invalid_type'],
  ['project.description', '', 'too_small'],
  ['project.description', 'd'.repeat(10_001), 'too_big'],
  ['project.description', 'a\u0000b', 'invalid_text'],
  ['project.description', 'a\u001b[31m', 'invalid_text'],
  ['project.description', '\ude00 half a pair', 'invalid_text'],
  ['project.budget', '1500.00', 'invalid_type'],
  ['project.budget', { amount: 1500, currency: 'BRL' }, 'invalid_type', '/project/budget/amount'],
  ['project.budget', { amount: '-1', currency: 'BRL' }, 'invalid_format', '/project/budget/amount'],
  ['project.budget', { amount: '1e3', currency: 'BRL' }, 'invalid_format', '/project/budget/amount'],
  ['project.budget', { amount: '1,50', currency: 'BRL' }, 'invalid_format', '/project/budget/amount'],
  ['project.budget', { amount: '1.505', currency: 'BRL' }, 'invalid_format', '/project/budget/amount'],
  ['project.budget', { amount: 'NaN', currency: 'BRL' }, 'invalid_format', '/project/budget/amount'],
  ['project.budget', { amount: '9'.repeat(13), currency: 'BRL' }, 'invalid_format', '/project/budget/amount'],
  ['project.budget', { amount: '1', currency: 'XYZ' }, 'unknown_currency', '/project/budget/currency'],
  ['project.budget', { amount: '1', currency: 'brl' }, 'unknown_currency', '/project/budget/currency'],
  ['project.budget', { amount: '1' }, 'required', '/project/budget/currency'],
  ['project.deadline', '2027-02-30', 'invalid_format'],
  ['project.deadline', '31.01.2027', 'invalid_format'],
  ['project.deadline', '2027-1-31', 'invalid_format'],
  ['project.deadline', '2027-01-31T00:00:00Z', 'invalid_format'],
  ['project.deadline', 1_800_000_000, 'invalid_type'],
  ['partnerId', 'partner-slug', 'invalid_format'],
  ['client', 'Ana', 'invalid_type'],
  ['client', [], 'invalid_type'],
  ['project', null, 'invalid_type'],
  ['criteria', 'any', 'invalid_type'],
  ['criteria', [], 'invalid_type'],
  ['extra', 1, 'unknown_field'],
  ['client.admin', true, 'unknown_field'],
  ['project.status', 'completed', 'unknown_field'],
  ['criteria.a~b/c', 1, 'unknown_field', '/criteria/a~0b~1c'],
];

const ABSENT = [
  'consent',
  'client',
  'client.name',
  'client.email',
  'project',
  'project.title',
  'project.description',
];

describe('a request with one field wrong', () => {
  let api: TestApi;
  let before: Record<string, number>;
  beforeAll(async () => {
    api = await openApi('empty');
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    before = await written(api);
  });
  afterEach(async () => {
    expect(await written(api)).toEqual(before);
    expect((await api.call('/livez')).status).toBe(200);
  });

  async function expectRefused(json: unknown, pointer: string, code: string): Promise<void> {
    const { status, headers, body, text } = await api.call(REQUESTS, { json });
    expect(status, text).toBe(422);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ type: 'about:blank', status: 422, code: 'invalid' });
    expect(body.errors).toEqual([{ pointer, code, detail: expect.stringMatching(/\S/) }]);
  }

  const pointerTo = (field: string) => `/${field.replaceAll('.', '/')}`;
  const short = (value: unknown) => JSON.stringify(value).slice(0, 60);

  it.each(WRONG.map((each) => [each[0], short(each[1]), each] as const))(
    'is refused: %s is %s',
    async (_, __, [field, value, code, pointer = pointerTo(field)]) => {
      await expectRefused(withField(requestBody(), value, ...field.split('.')), pointer, code);
    },
  );

  it.each([...ABSENT, 'criteria'])('is refused: without %s', async (field) => {
    await expectRefused(without(requestBody(), ...field.split('.')), pointerTo(field), 'required');
  });

  it('is refused: project.deadline is "0000-01-01"', async () => {
    const json = withField(requestBody(), '0000-01-01', 'project', 'deadline');
    await expectRefused(json, '/project/deadline', 'invalid_format');
  });

  it('says in plain words that a field is missing', async () => {
    const { body } = await api.call(REQUESTS, { json: without(requestBody(), 'client', 'name') });
    expect(body.errors?.[0]?.detail).not.toMatch(/received undefined/);
  });

  it('lists everything that is wrong at once', async () => {
    const { body } = await api.call(REQUESTS, {
      json: { client: { name: '', email: 'x', locale: 'fr' }, project: { title: 1 }, x: 1 },
    });
    expect(body.errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/client/email',
      '/client/locale',
      '/client/name',
      '/consent',
      '/project/description',
      '/project/title',
      '/x',
    ]);
  });
});
