import { uuidv7 } from 'uuidv7';
import { expect, onTestFinished, test } from 'vitest';
import { insertOutbox } from '../../db/outbox.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { transaction } from '../../jobs/transaction.ts';
import { startRuntime } from '../../workers/runtime.ts';
import { startSweeper } from '../../workers/sweeper.ts';
import { transactional } from '../../workers/transactional.ts';
import { type AdminApi, openAdminApi } from '../helpers/admin-api.ts';
import { onBothBackEnds, type QueueBackEnd } from '../helpers/backends.ts';
import { silentLog, workerDeps } from '../helpers/deps.ts';
import type { Page } from '../helpers/http-catalog.ts';
import { hasRedis, startRedis } from '../helpers/redis.ts';
import { until } from '../helpers/until.ts';

interface Failed {
  id: string;
  job: string;
  payload: unknown;
  error: string;
  attempts: number;
  failedAt: string;
}

async function workshop(backEnd: QueueBackEnd): Promise<AdminApi> {
  if (backEnd.kind === 'redis') await backEnd.redis().flushAll();
  const api = await openAdminApi('empty', backEnd.redisUrl());
  onTestFinished(() => api.close());
  await until(() => api.queues.backend.available());
  return api;
}

/** Workers of one job that does what `act` says. */
function work(
  { db, queues }: AdminApi,
  act: () => void,
  { sweeper = false } = {},
): { stop(): Promise<void> } {
  const job = { ...matchRequest, attempts: 2, backoffMs: 10 };
  const handler = transactional(job, async (tx, jobs) => {
    act();
    await tx.query(`insert into done select unnest($1::uuid[])`, [jobs.map(({ id }) => id)]);
  });
  const options = { queues, handlers: [handler], concurrency: 5, jobLockMs: 3_000 };
  const runtime = startRuntime(workerDeps(db), options);
  const sweeping = sweeper
    ? startSweeper({ db, queues, log: silentLog, jobs: [job], intervalMs: 100 })
    : undefined;
  return { stop: async () => void (await Promise.all([runtime.stop(), sweeping?.stop()])) };
}

const failed = async (api: AdminApi) => (await api.admin<Page<Failed>>('/jobs/failed')).body.data;
const done = (api: AdminApi) => api.db.query<{ id: string }>('select id from done');

onBothBackEnds('a job that failed for good', (backEnd) => {
  /** One job that failed for good, and workers that would do it now. */
  async function failOne(api: AdminApi, options: { sweeper?: boolean } = {}): Promise<string> {
    await api.db.query('create table done (id uuid primary key)');
    let broken = true;
    const workers = work(
      api,
      () => {
        if (broken) throw new Error('no luck');
      },
      options,
    );
    onTestFinished(() => workers.stop());
    const requestId = uuidv7();
    await transaction(api, 'job test', async (tx) => tx.enqueue(matchRequest, { requestId }));
    const [job] = await until(async () => ((await failed(api)).length === 1 ? failed(api) : undefined));
    expect(job).toEqual({
      id: expect.any(String),
      job: 'match-request',
      payload: { requestId },
      error: 'no luck',
      attempts: 2,
      failedAt: expect.stringMatching(/Z$/),
    });
    const id = job?.id ?? '';
    await until(async () => (await api.queues.state('match-request', id)) === 'finished');
    broken = false;
    return id;
  }

  test('is done after a retry, although its queue holds the failed delivery', async () => {
    const api = await workshop(backEnd);
    const id = await failOne(api);
    const { status, body } = await api.admin<unknown>(`/jobs/${id}/retry`, { method: 'POST' });
    expect([status, body]).toEqual([202, { id, job: 'match-request' }]);
    await until(async () => (await done(api)).length === 1);
    expect(await done(api)).toEqual([{ id }]);
    expect(await failed(api)).toEqual([]);
    expect((await api.admin(`/jobs/${id}/retry`, { method: 'POST' })).status).toBe(404);
  });

  test('is done after a retry, although its queue was wiped', async () => {
    const api = await workshop(backEnd);
    const id = await failOne(api);
    await api.queues.remove('match-request', id);
    if (backEnd.kind === 'redis') await backEnd.redis().flushAll();
    expect((await api.admin(`/jobs/${id}/retry`, { method: 'POST' })).status).toBe(202);
    await until(async () => (await done(api)).length === 1);
  });

  test('is tried as often as a new one', async () => {
    const api = await workshop(backEnd);
    await api.db.query('create table done (id uuid primary key)');
    let starts = 0;
    const workers = work(api, () => {
      starts += 1;
      throw new Error(`start ${starts}`);
    });
    onTestFinished(() => workers.stop());
    await transaction(api, 'job test', async (tx) => tx.enqueue(matchRequest, { requestId: uuidv7() }));
    const [first] = await until(async () => ((await failed(api)).length === 1 ? failed(api) : undefined));
    const id = first?.id ?? '';
    await until(async () => (await api.queues.state('match-request', id)) === 'finished');
    await api.db.query('update outbox set crashes = 4, sweeps = 6');
    const sent = await api.admin(`/jobs/${id}/retry`, { method: 'POST' });
    expect(sent.status).toBe(202);
    const [row] = await api.db.query('select crashes, sweeps from outbox');
    expect(row).toEqual({ crashes: 0, sweeps: 0 });
    const [again] = await until(async () => ((await failed(api)).length === 1 ? failed(api) : undefined));
    expect(again).toMatchObject({ id, attempts: 2 });
    expect(starts).toBe(4);
  });
});

test.skipIf(!hasRedis)('a retry while Redis is away is kept: the sweeper finds the row', async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const api = await openAdminApi('empty', redis.url);
  onTestFinished(() => api.close());
  await until(() => api.queues.backend.available());
  await api.db.query('create table done (id uuid primary key)');
  const id = uuidv7();
  const payload = { requestId: uuidv7() };
  await insertOutbox(api.db, [{ id, job: 'match-request', payload, delayMs: 0 }]);
  await api.db.query(`update outbox set failed_at = now(), attempts = 10, error = 'x'`);
  await redis.kill();
  await until(() => !api.queues.backend.available());
  expect((await api.admin(`/jobs/${id}/retry`, { method: 'POST' })).status).toBe(202);
  expect(await failed(api)).toEqual([]);
  await redis.start();
  await until(() => api.queues.backend.available());
  await api.db.query('update outbox set sweep_at = now()');
  const workers = work(api, () => undefined, { sweeper: true });
  onTestFinished(() => workers.stop());
  await until(async () => (await done(api)).length === 1);
});

test('failed jobs page, latest first; only they can be retried', async () => {
  const api = await openAdminApi('empty');
  onTestFinished(() => api.close());
  const rows = Array.from({ length: 7 }, () => ({
    id: uuidv7(),
    job: 'match-request',
    payload: { requestId: uuidv7() },
    delayMs: 60_000,
  }));
  await insertOutbox(api.db, rows);
  const waiting = uuidv7();
  await insertOutbox(api.db, [{ id: waiting, job: 'match-request', payload: {}, delayMs: 60_000 }]);
  // Two that failed in the same microsecond, the others a microsecond apart.
  await api.db.query(
    `update outbox o set failed_at = timestamptz '2026-01-01' + (n / 2) * interval '1 microsecond', error = 'x'
     from unnest($1::uuid[]) with ordinality as failed (id, n) where o.id = failed.id`,
    [rows.map(({ id }) => id)],
  );
  const seen: string[] = [];
  for (let query = '?limit=2'; query; ) {
    const { body } = await api.admin<Page<Failed>>(`/jobs/failed${query}`);
    seen.push(...body.data.map(({ id }) => id));
    query = body.page.nextCursor ? `?limit=2&cursor=${body.page.nextCursor}` : '';
  }
  expect(seen).toEqual(rows.map(({ id }) => id).reverse());

  const retry = async (id: string) => (await api.admin(`/jobs/${id}/retry`, { method: 'POST' })).body;
  expect(await retry(waiting)).toMatchObject({ status: 409, code: 'not_failed' });
  expect(await retry(uuidv7())).toMatchObject({ status: 404 });
  expect(await retry('x')).toMatchObject({ status: 404 });
  const twice = await Promise.all([1, 2].map(() => retry(seen[0] ?? '')));
  expect(twice.map(({ status }) => status ?? 202).sort()).toEqual([202, 409]);
  expect((await api.admin('/jobs/failed?cursor=abc')).status).toBe(422);
});
