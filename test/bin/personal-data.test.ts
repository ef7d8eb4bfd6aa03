import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { runEntry } from '../helpers/http-process.ts';
import { send } from '../helpers/http-requests.ts';

describe('personal data on the command line', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi('empty');
    await send(api);
  });
  afterAll(() => api.close());

  const cli = (deed: string, args: string[], typed?: string) =>
    runEntry('cli.ts', ['personal-data', deed, ...args], { DATABASE_URL: api.url }, typed);

  it('is exported as JSON', async () => {
    const { code, stdout } = await cli('export', ['--email', 'Ana@Example.com']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ requests: [{ client: { name: 'Ana Souza' } }] });
  });

  it('is not erased without --yes: it says what is held', async () => {
    const { code, stderr } = await cli('erase', ['--email', '-'], 'ana@example.com\n');
    expect(code).toBe(1);
    expect(stderr).toContain('1 requests, 1 running');
    expect(stderr).not.toContain('ana@');
    expect(await api.db.query('select id from requests where erased_at is null')).toHaveLength(1);
  });

  it('is erased, and it stays on record how much', async () => {
    const { code, stdout } = await cli('erase', ['--email', '-', '--yes'], 'ana@example.com\n');
    expect([code, stdout]).toEqual([
      0,
      'Erased: 1 requests, 1 cancelled, 0 reviews, 0 partners, 0 closed deals, 0 administrators.\n',
    ]);
    expect(
      await api.db.query("select actor, detail from audit_log where action = 'personal-data.erase'"),
    ).toEqual([{ actor: 'cli', detail: { requests: 1, cancelled: 1, reviews: 0 } }]);
    await api.deliver();
    expect(await api.db.query('select id from outbox')).toEqual([]);
  });

  it.each([
    ['no address', [], 'Say whose'],
    ['what is none', ['--email', 'ana'], 'This is no e-mail address.'],
  ])('refuses %s', async (_what, args, words) => {
    const { code, stderr } = await cli('erase', [...args, '--yes']);
    expect(code).toBe(1);
    expect(stderr).toContain(words);
  });
});
