import { describe, expect, it } from 'vitest';
import { startApi } from '../../api/start.ts';
import { readConfig } from '../../config.ts';
import { freshDatabase } from '../helpers/database.ts';
import { silentLog } from '../helpers/deps.ts';
import { type Options, testApi } from '../helpers/http-api.ts';
import { REQUESTS } from '../helpers/http-requests.ts';
import { until } from '../helpers/until.ts';

interface Readiness {
  status: string;
  checks: Record<string, string>;
}

describe('health', () => {
  it('is alive and ready', async () => {
    const api = await testApi('empty');
    expect((await api.call<Readiness>('/livez')).body).toEqual({ status: 'alive' });
    const { status, headers, body } = await api.call<Readiness>('/readyz');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({ status: 'ready', checks: { database: 'ok', queues: 'ok' } });
  });

  it('is alive but not ready when the database is gone, and says 503 elsewhere', async () => {
    const { url, drop } = await freshDatabase('empty');
    const api = await startApi(readConfig({ PORT: '0' }), url, silentLog);
    const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${api.port}${path}`, init);
    try {
      expect((await get('/readyz')).status).toBe(200);
      await drop();
      const answer = await until(async () => {
        const tried = await get('/readyz');
        return tried.status === 503 ? tried : undefined;
      });
      expect(await answer.json()).toMatchObject({ status: 'not ready', checks: { database: 'away' } });
      expect((await get('/livez')).status).toBe(200);
    } finally {
      await api.stop();
    }
  });

  it('is not ready while the workers of this process are silent', async () => {
    const { url, drop } = await freshDatabase('empty');
    let silent = 0;
    const api = await startApi(readConfig({ PORT: '0' }), url, silentLog, () => silent);
    const ready = async () => (await fetch(`http://127.0.0.1:${api.port}/readyz`)).json();
    try {
      expect(await ready()).toMatchObject({ status: 'ready', checks: { workers: 'ok' } });
      silent = 30_000;
      expect(await ready()).toMatchObject({ status: 'not ready', checks: { workers: 'silent' } });
    } finally {
      await api.stop();
      await drop();
    }
  });
});

describe('every answer', () => {
  const PATHS = ['/api/v1/partners', '/api/v1/nothing', '/dev/mail', '/dev/mail.json', '/ops/queues'];
  const env: Options['env'] = { OPS_PASSWORD: 'let me in please' };

  it.each(PATHS)('has security headers and names no product: %s', async (path) => {
    const api = await testApi('empty', { env });
    const { headers } = await api.call(path, { redirect: 'manual' });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toMatch(/default-src '(self|none)'/);
    // Pages tell our own pages where one comes from, or posts of theirs would have no origin.
    expect(headers.get('referrer-policy')).toBe(path === '/dev/mail' ? 'same-origin' : 'no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it.each([
    '/api',
    '/api/v1',
    '/api/v1/nothing',
    '/api/v2/partners',
    '/api/v1/partners/a/b',
    '/dev',
    '/ops',
    '/.env',
    '/%2e%2e/etc/passwd',
  ])('for an unknown route is a 404 problem: %s', async (path) => {
    const api = await testApi('empty', { env });
    const { status, headers, body } = await api.call(path);
    expect(status).toBe(404);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ status: 404, code: 'not_found' });
  });

  it.each([
    ['DELETE', REQUESTS],
    ['PUT', '/api/v1/partners'],
    ['POST', '/api/v1/catalog'],
    ['POST', '/api/v1/deals'],
    ['DELETE', '/dev/mail'],
    ['POST', '/livez'],
  ])('for %s on %s is a problem and no more', async (method, path) => {
    const api = await testApi('empty');
    const { status, body } = await api.call(path, { method });
    expect([404, 405]).toContain(status);
    expect(body.status).toBe(status);
  });

  it('for a wrong method on a known route is 405 and names the right ones', async () => {
    const api = await testApi('empty');
    const { status, headers } = await api.call('/api/v1/catalog', { method: 'POST' });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});
