import { describe, expect, inject, it } from 'vitest';
import { startApi } from '../../api/start.ts';
import { readConfig } from '../../config.ts';
import { urlOf } from '../helpers/database.ts';
import { silentLog } from '../helpers/deps.ts';
import { testApi } from '../helpers/http-api.ts';
import { REQUESTS, send, written } from '../helpers/http-requests.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { freePort } from '../helpers/redis.ts';
import { requestBody } from '../helpers/requests.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('while the database is in trouble, the API', () => {
  it('answers 503 with Retry-After while there is no database server', async () => {
    const url = `postgres://nobody@127.0.0.1:${await freePort()}/none`;
    const api = await startApi(readConfig({ PORT: '0' }), url, silentLog);
    const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${api.port}${path}`, init);
    try {
      const post = { method: 'POST', body: JSON.stringify(requestBody()), headers: JSON_TYPE };
      for (const answer of [await get('/api/v1/partners'), await get(REQUESTS, post)]) {
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
        expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      }
    } finally {
      await api.stop();
    }
  });

  it('answers 503, not 500, while the server has no such database', async () => {
    const url = urlOf(inject('postgresUrl'), 'no_such_database');
    const api = await startApi(readConfig({ PORT: '0' }), url, silentLog);
    try {
      expect((await fetch(`http://127.0.0.1:${api.port}/api/v1/partners`)).status).toBe(503);
    } finally {
      await api.stop();
    }
  });

  it('answers 503 when a lock is not had in time, and goes on afterwards', async () => {
    const api = await testApi('empty');
    await api.db.transaction('job test', async (sql) => {
      await sql.query('lock table requests');
      const { status, headers, body } = await api.call(REQUESTS, { json: requestBody() });
      expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '2']);
    });
    expect(await written(api)).toEqual({ requests: 0, tokens: 0, promises: 0, keys: 0 });
    expect((await send(api)).status).toBe('received');
  });

  it('goes on after all its connections were cut', async () => {
    const api = await testApi('empty');
    await Promise.all(Array.from({ length: 5 }, () => api.call('/api/v1/partners')));
    await api.db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.call('/api/v1/partners')));
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
    expect((await send(api)).status).toBe('received');
  });

  it('takes in what is asked of it when there are more callers than connections', async () => {
    const api = await testApi('empty', { env: { DATABASE_POOL: '2' } });
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => api.call(REQUESTS, { json: requestBody() })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await written(api)).toEqual({ requests: 100, tokens: 100, promises: 100, keys: 0 });
  });

  it('answers 503 when a statement takes too long', async () => {
    const api = await testApi('empty');
    await insertPartners(api.db, [newPartner()]);
    await api.db.query('alter table partners rename to stored');
    await api.db.query(
      'create view partners as select stored.* from stored, lateral (select pg_sleep(6) offset 0) as late',
    );
    expect((await api.call('/api/v1/partners')).status).toBe(503);
  });

  it('answers 503 when the database may only be read', async () => {
    const api = await testApi('empty');
    await api.db.query(
      `do $$ begin execute 'alter database ' || current_database() || ' set default_transaction_read_only = on'; end $$`,
    );
    expect((await api.call(REQUESTS, { json: requestBody() })).status).toBe(503);
  });
});
