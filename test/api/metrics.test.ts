import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertOutbox } from '../../db/outbox.ts';
import { JOBS } from '../../jobs/registry.ts';
import { API_AREAS } from '../helpers/access-api.ts';
import { ask, callersOf } from '../helpers/access-calls.ts';
import { PAGE_AREAS } from '../helpers/access-pages.ts';
import type { Role } from '../helpers/access-table.ts';
import { newWorld } from '../helpers/access-world.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { basic, OPERATORS, scrape, VIEWER } from '../helpers/scrape.ts';
import { until } from '../helpers/until.ts';

describe('figures', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi('seeded', { env: OPERATORS });
  });
  afterAll(() => api.close());

  it('are for operators and viewers', async () => {
    for (const headers of [
      {},
      basic('viewer:wrong'),
      basic('ops:may only look'),
      basic(':'),
      { cookie: 'x=y' },
    ]) {
      const { status, headers: answered } = await api.call('/metrics', { headers });
      expect([status, answered.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Basic /)]);
    }
    for (const headers of [VIEWER, basic('ops:may do all of it')])
      expect((await api.call('/metrics', { headers })).status).toBe(200);
    expect((await api.call('/metrics', { method: 'POST', headers: VIEWER })).status).toBe(404);
  });

  it('say of the jobs what is overdue, for how long, and what has failed', async () => {
    const put = async (job: string, change: string) => {
      const id = uuidv7();
      await insertOutbox(api.db, [{ id, job, payload: {}, delayMs: 0 }]);
      await api.db.query(`update outbox set ${change} where id = $1`, [id]);
    };
    const past = (field: string, seconds: number) => `${field} = now() - interval '${seconds} seconds'`;
    // Nobody has looked; the sweeper has; it is not due; it will be swept; it failed.
    await put('send-email', `${past('run_at', 65)}, ${past('sweep_at', 60)}`);
    await put('send-email', `${past('run_at', 600)}, sweeps = 3, sweep_at = now() + interval '5 minutes'`);
    await put('send-email', "run_at = now() + interval '1 hour', sweep_at = now() + interval '1 hour'");
    await put('create-deal', 'run_at = now()');
    await put('create-deal', `failed_at = now(), ${past('run_at', 900)}, sweeps = 1`);
    const samples = await until(async () => {
      const found = await scrape(api);
      return found.get('terna_outbox_overdue_jobs{job="send-email"}') === 2 ? found : undefined;
    });
    const value = (name: string) => samples.get(`terna_${name}`);
    expect(value('outbox_overdue_jobs{job="create-deal"}')).toBe(0);
    expect(value('outbox_failed_jobs{job="create-deal"}')).toBe(1);
    expect(value('outbox_failed_jobs{job="send-email"}')).toBe(0);
    expect(value('outbox_oldest_overdue_seconds')).toBeGreaterThan(599);
    expect(value('outbox_oldest_overdue_seconds')).toBeLessThan(700);
    expect(value('database_up')).toBe(1);
    expect(value('requests_recent{status="completed"}')).toBeGreaterThan(100);
    expect(value('database_connections{state="idle"}')).toBeGreaterThan(0);
    expect(samples.get('nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
    expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    for (const { name: job } of JOBS) expect(value(`outbox_overdue_jobs{job="${job}"}`), job).toBeDefined();
  });

  it('measure calls by the pattern of their route: no id, no token, nothing that a caller made up', async () => {
    const secret = `s3cret${'x'.repeat(37)}`;
    const id = uuidv7();
    const paths = [
      `/requests/${id}/${secret}`,
      `/feedback/${secret}`,
      `/sign-in/${secret}`,
      `/api/v1/requests/${id}`,
      `/API/v1/Partners/${id}`,
      `/partners/${secret}`,
      `/nothing/${secret}`,
      `/ops/queues/api/queues/${secret}/metrics`,
      `/ops/queues/queue/${secret}`,
    ];
    for (const path of paths) await api.call(path, { headers: path.startsWith('/ops') ? VIEWER : {} });
    await api.call('/api/v1/requests', { json: {} });
    const names = [...(await scrape(api)).keys()];
    expect(names.filter((name) => name.includes(secret) || name.includes(id))).toEqual([]);
    const counted = names.flatMap((name) => /_count\{(method.*)\}/.exec(name)?.[1] ?? []);
    expect(counted).toEqual(
      expect.arrayContaining([
        'method="GET",route="/feedback/:token",status="404"',
        'method="GET",route="/api/v1/requests/:id",status="401"',
        'method="GET",route="/api/v1/partners/:id",status="404"',
        'method="POST",route="/api/v1/requests/",status="422"',
        'method="GET",route="/ops/queues/api/queues/:queueName/metrics",status="404"',
        'method="GET",route="none",status="404"',
      ]),
    );
    for (let n = 0; n < 30; n += 1) {
      await api.call(`/api/v1/partners/${uuidv7()}`);
      await api.call(`/${uuidv7()}/${n}`, { method: n % 2 ? 'PUT' : 'DELETE' });
      await api.call(n % 2 ? '/aPi/v1/partners/x' : '/ApI/V1/parTNers/x');
    }
    expect((await scrape(api)).size - names.length).toBeLessThan(60);
  });

  it('hold no id and no token of any page or call, whoever asks for it', async () => {
    const world = await newWorld(api);
    const rows = [...API_AREAS, ...PAGE_AREAS].flatMap((area) => area.rows);
    for (const row of rows.filter(({ route }) => route.startsWith('get '))) {
      const roles = (['client', 'partner', 'admin'] as Role[]).filter((role) => row.who[role] === 'yes');
      for (const caller of roles.flatMap((role) => callersOf(world, row, role)))
        await ask(api, world, row, caller);
    }
    const routes = [...(await scrape(api)).keys()].flatMap((name) => /route="([^"]*)"/.exec(name)?.[1] ?? []);
    expect(new Set(routes).size).toBeGreaterThan(40);
    expect(routes.filter((route) => /[\da-f]{8}-|[\w-]{43}|%|@/.test(route))).toEqual([]);
  });
});
