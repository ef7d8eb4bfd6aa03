import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { principalOf } from '../../db/api-keys.ts';
import { startEmbeddedPostgres } from '../../db/embedded/start.ts';
import { migrate } from '../../db/migrate.ts';
import { urlOf } from '../helpers/database.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { runEntry } from '../helpers/http-process.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { freePort } from '../helpers/redis.ts';

const KEY = /^terna_[\w-]{43}$/;

describe('the command line', () => {
  let api: TestApi;
  let nowhere: string;
  const partner = newPartner({ slug: 'agencia-um' });

  beforeAll(async () => {
    api = await openApi('empty');
    nowhere = await mkdtemp(join(tmpdir(), 'terna-cli-'));
    await insertPartners(api.db, [partner, newPartner({ slug: 'unlisted', listed: false })]);
  });
  afterAll(async () => {
    await api.close();
    await rm(nowhere, { recursive: true, force: true });
  });

  const cli = (args: string[], env: Record<string, string> = {}) =>
    runEntry('cli.ts', args, { DATABASE_URL: api.url, ...env });
  const lastLine = (text: string) => text.trimEnd().split('\n').at(-1) ?? '';

  it('prints a partner’s key alone on the last line, and the key works', async () => {
    const { code, stdout, stderr } = await cli(['api-key', 'create', '--partner', partner.slug]);
    expect([code, stderr]).toEqual([0, '']);
    const key = lastLine(stdout);
    expect(key).toMatch(KEY);
    expect((await api.call('/api/v1/deals', { token: key })).status).toBe(200);
    expect(await principalOf(api.db, key)).toEqual({ role: 'partner', partnerId: partner.id });
  });

  it('keeps the hash of a key and its first characters, never the key', async () => {
    const key = lastLine((await cli(['api-key', 'create', '--partner', partner.slug])).stdout);
    const [kept] = await api.db.query<{ all: string }>(
      `select string_agg(k::text, '') as "all" from api_keys k`,
    );
    expect(kept?.all).not.toContain(key);
    expect(kept?.all).toContain(key.slice(0, 12));
  });

  it('prints an administrator’s key, which is no partner’s', async () => {
    const { code, stdout } = await cli(['api-key', 'create', '--admin']);
    expect(code).toBe(0);
    const key = lastLine(stdout);
    expect(key).toMatch(KEY);
    expect(await principalOf(api.db, key)).toMatchObject({ role: 'admin', actor: { kind: 'key' } });
    expect((await api.call('/api/v1/deals', { token: key })).status).toBe(401);
  });

  it('takes --partner=slug and the partner’s id too', async () => {
    expect((await cli(['api-key', 'create', `--partner=${partner.slug}`])).code).toBe(0);
    expect((await cli(['api-key', 'create', '--partner', partner.id])).code).toBe(0);
  });

  it('makes a key with a name, a scope and an end', async () => {
    const { code, stdout } = await cli([
      ...['api-key', 'create', '--partner', partner.slug],
      ...['--name', 'Night export', '--read-only', '--days', '7'],
    ]);
    expect(code).toBe(0);
    const key = lastLine(stdout);
    expect(key).toMatch(KEY);
    expect((await api.call('/api/v1/me', { token: key })).status).toBe(200);
    expect((await api.call('/api/v1/me', { token: key, method: 'PATCH', json: {} })).status).toBe(403);
    expect(
      await api.db.query("select name, expires_at - created_at as lasts from api_keys where scope = 'read'"),
    ).toMatchObject([{ name: 'Night export', lasts: { days: 7 } }]);
  });

  it('lists the keys that work, and revokes one of them', async () => {
    const [mine, admins] = await Promise.all([
      cli(['api-key', 'create', '--partner', partner.slug, '--name', 'To be gone']),
      cli(['api-key', 'create', '--admin']),
    ]);
    const [key, adminKey] = [lastLine(mine.stdout), lastLine(admins.stdout)];
    const all = (await cli(['api-key', 'list'])).stdout;
    expect(all).toMatch(/^ID +KEY +OF +SCOPE +CREATED +LAST USED +WORKS UNTIL +NAME\n/);
    for (const each of [key, adminKey]) expect(all).toContain(`${each.slice(0, 12)}…`);
    expect(all).not.toContain(key);
    const { stdout } = await cli(['api-key', 'list', '--partner', partner.slug]);
    expect(stdout).not.toContain(adminKey.slice(0, 12));
    const row = stdout.split('\n').find((line) => line.endsWith('To be gone')) ?? '';
    expect(row).toMatch(/agencia-um +write +\d{4}-\d\d-\d\d +never +revoked +To be gone$/);
    for (const _ of [1, 2]) {
      const revoked = await cli(['api-key', 'revoke', '--id', row.split(' ')[0] ?? '']);
      expect([revoked.code, revoked.stdout]).toEqual([
        0,
        `The key ${key.slice(0, 12)}… opens nothing any more.\n`,
      ]);
    }
    expect(await principalOf(api.db, key)).toBeUndefined();
    expect((await cli(['api-key', 'list'])).stdout).not.toContain('To be gone');
  });

  it.each([
    ['an unknown partner', ['api-key', 'create', '--partner', 'nobody'], 'There is no partner "nobody".'],
    [
      'an unlisted partner',
      ['api-key', 'create', '--partner', 'unlisted'],
      'There is no partner "unlisted".',
    ],
    ['an empty slug', ['api-key', 'create', '--partner', ''], 'There is no partner "".'],
    ['neither option', ['api-key', 'create'], 'either --partner <slug> or --admin'],
    [
      'both options',
      ['api-key', 'create', '--admin', '--partner', 'x'],
      'either --partner <slug> or --admin',
    ],
    ['no value', ['api-key', 'create', '--partner'], 'argument missing'],
    ['no days', ['api-key', 'create', '--admin', '--days', '0'], '--days: '],
    ['a long name', ['api-key', 'create', '--admin', '--name', 'x'.repeat(81)], '--name: '],
    ['no id', ['api-key', 'revoke'], '--id <id>'],
    ['a bad id', ['api-key', 'revoke', '--id', 'x'], 'There is no API key with the id "x".'],
    ['a list of nobody’s keys', ['api-key', 'list', '--partner', 'nobody'], 'There is no partner "nobody".'],
    ['an unknown command', ['api-key', 'destroy'], 'Unknown command: api-key destroy'],
    ['half a command', ['api-key'], 'Unknown command: api-key'],
    ['an unknown option', ['api-key', 'create', '--root'], "Unknown option '--root'"],
  ])('ends with 1 and a sentence on stderr for %s', async (_, args, sentence) => {
    const { code, stdout, stderr } = await cli(args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('ends with 1 and says what to do when there is no database', async () => {
    const { code, stdout, stderr } = await cli(['api-key', 'create', '--admin'], {
      DATABASE_URL: '',
      DATA_DIR: nowhere,
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^No database: .*npm start.*\n$/);
  });

  it.each([
    ['does not answer', async () => `postgres://terna@127.0.0.1:${await freePort()}/terna`],
    ['has no such database', async () => urlOf(api.url, 'no_such_database')],
    ['has no tables yet', async () => urlOf(inject('postgresUrl'), 'postgres')],
  ])('prints no stack when the database %s', async (_, databaseUrl) => {
    const env = { DATABASE_URL: await databaseUrl() };
    const { stderr } = await cli(['api-key', 'create', '--admin'], env);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each([['help'], ['--help'], ['-h'], []])('helps with 0 when asked %s', async (...args) => {
    const { code, stdout, stderr } = await cli(args, { DATABASE_URL: '' });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('api-key create --partner <slug>');
    expect(stdout).toContain('api-key create --admin');
  });

  it('lists every bad setting and ends with 78', async () => {
    const { code, stdout, stderr } = await cli(['api-key', 'create', '--admin'], {
      ANSWER_WINDOW: '3days',
      PORT: 'abc',
      MATCHING_POLICY: 'best',
      DATABASE_URL: 'mysql://localhost',
      OPS_PASSWORD: 'short',
    });
    expect([code, stdout]).toEqual([78, '']);
    for (const name of ['ANSWER_WINDOW', 'PORT', 'MATCHING_POLICY', 'DATABASE_URL', 'OPS_PASSWORD']) {
      expect(stderr).toMatch(new RegExp(`^  ${name} \\S`, 'm'));
    }
    expect(stderr).toContain('"3days"');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('says of a bad number what was given', async () => {
    const { stderr } = await cli(['help'], { PORT: 'abc' });
    expect(stderr).toMatch(/PORT .*"?abc"?/);
  });
});

it('the command line finds the Postgres of a running npm start by its DATA_DIR', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'terna-cli-'));
  const postgres = await startEmbeddedPostgres({ dataDir });
  try {
    await migrate(postgres.url);
    const { code, stdout } = await runEntry('cli.ts', ['api-key', 'create', '--admin'], {
      DATA_DIR: dataDir,
    });
    expect([code, KEY.test(stdout.trimEnd())]).toEqual([0, true]);
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
