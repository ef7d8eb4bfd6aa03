import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Api, startApi } from '../../api/start.ts';
import { readConfig } from '../../config.ts';
import { connect, type Database } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { migrateQueues } from '../../jobs/postgres-backend.ts';
import { cleanUp } from '../helpers/embedded.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { type Replicated, startReplicated } from '../helpers/replica.ts';
import { requestBody } from '../helpers/requests.ts';
import { until } from '../helpers/until.ts';

const ID = '01a20000-0000-7000-8000-000000000001';
const PARTNER = { id: ID, slug: 'jatoba', title: 'Old title', name: 'Estúdio Jatobá' };

/** All that the public catalog reads. */
const READS = [
  '/api/v1/partners',
  '/api/v1/partners?q=jatoba',
  '/api/v1/partners?q=jatbao',
  '/api/v1/partners/jatoba',
  '/api/v1/partners/jatoba/reviews',
  '/api/v1/catalog',
  '/',
  '/?q=jatbao',
  '/partners/jatoba',
];

describe('the public catalog on a streaming replica', () => {
  let servers: Replicated;
  let db: Database;
  let api: Api;
  let logged: string[] = [];

  beforeAll(async () => {
    servers = await startReplicated(async (url) => {
      await migrate(url);
      await migrateQueues(url);
    });
    const { mainUrl, replicaUrl } = servers;
    db = connect(mainUrl, 3);
    const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
    const env = { PORT: '0', RATE_LIMITS: 'off', CATALOG_DATABASE_URL: replicaUrl };
    api = await startApi(readConfig(env), mainUrl, log);
    await insertPartners(db, [newPartner(PARTNER)]);
    await servers.caughtUp();
  }, 60_000);
  afterAll(async () => {
    await api?.stop();
    await db?.close();
    await servers?.wire.close();
    await cleanUp();
  });
  beforeEach(() => {
    logged = [];
  });

  const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${api.port}${path}`, init);
  const post = (path: string, body: unknown) =>
    get(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  const title = async () => (await (await get('/api/v1/partners/jatoba')).json()).title;
  const rename = (to: string) => db.query('update partners set title = $1', [to]);
  const said = (words: string) => logged.filter((line) => line.includes(words)).length;

  test('is read there, and not on the main database', async () => {
    // Locks are replayed, too.
    await servers.lag(true);
    onTestFinished(() => servers.lag(false));
    await db.transaction('job test', async (sql) => {
      const tables = await sql.query<{ name: string }>(
        `select tablename as name from pg_tables where schemaname = 'public'`,
      );
      await sql.query(`lock table ${tables.map(({ name }) => name).join(', ')} in access exclusive mode`);
      const answers = await Promise.all(READS.map((path) => get(path)));
      expect(answers.map(({ status }) => status)).toEqual(READS.map(() => 200));
    });
  });

  test('shows what the replica has got so far; what is decided is decided by the main database', async () => {
    await servers.lag(true);
    onTestFinished(() => servers.lag(false));
    await rename('New title');
    await db.query('update partners set accepting = false');
    expect(await title()).toBe('Old title');
    expect(await (await get('/')).text()).toContain('Old title');
    expect(await (await get('/requests/new?partner=jatoba')).text()).toContain('takes no new requests');
    const manual = { ...requestBody(), criteria: undefined, partnerId: ID };
    expect((await post('/api/v1/requests', manual)).status).toBe(409);
    await db.query('update partners set accepting = true');
    await servers.lag(false);
    await until(async () => (await title()) === 'New title');
  });

  test('moves to the main database while the replica is stopped, says so once, and comes back', async () => {
    await rename('On both');
    await servers.caughtUp();
    await servers.stopReplica();
    await rename('On the main one');
    expect(await title()).toBe('On the main one');
    const answers = await Promise.all(READS.map((path) => get(path)));
    expect(answers.map(({ status }) => status)).toEqual(READS.map(() => 200));
    expect([said('replica away'), said('read again')]).toEqual([1, 0]);
    const ready = await get('/readyz');
    expect([ready.status, (await ready.json()).checks]).toEqual([
      200,
      { database: 'ok', queues: 'ok', catalogReplica: 'away' },
    ]);

    await servers.startReplica();
    await until(() => said('read again') === 1);
    expect((await (await get('/readyz')).json()).checks.catalogReplica).toBe('ok');
    await servers.caughtUp();
    await servers.lag(true);
    onTestFinished(() => servers.lag(false));
    await rename('Not there yet');
    expect(await title()).toBe('On the main one');
  });

  test('is there for all who ask when the replica swallows what it is asked', async () => {
    servers.wire.behave('half-open');
    onTestFinished(() => servers.wire.behave('carry'));
    const answers = await Promise.all(Array.from({ length: 20 }, () => get('/api/v1/partners')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const began = performance.now();
    expect((await get('/api/v1/partners')).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(1_000);
    servers.wire.behave('carry');
    await until(() => said('read again') === 1);
  }, 30_000);

  test('is read on the main database where the replica has not got a migration yet', async () => {
    await db.query('alter table partners drop column about');
    await servers.caughtUp();
    await servers.lag(true);
    onTestFinished(() => servers.lag(false));
    await db.query("alter table partners add column about text not null default ''");
    await rename('Migrated');
    expect(await title()).toBe('Migrated');
    // It is there, and is asked again the next time.
    expect(said('replica away')).toBe(0);
  });
});
