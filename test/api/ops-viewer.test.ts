import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { matchRequest } from '../../jobs/match-request.ts';
import { openQueues, type Queues } from '../../jobs/queues.ts';
import { JOBS } from '../../jobs/registry.ts';
import { nestedApps } from '../helpers/access-routes.ts';
import { auditRows, lastAct } from '../helpers/audit.ts';
import { onBothBackEnds } from '../helpers/backends.ts';
import { silentLog } from '../helpers/deps.ts';
import { openApi, type TestApi, testApi } from '../helpers/http-api.ts';
import { queuePicture } from '../helpers/queue-picture.ts';
import { freePort } from '../helpers/redis.ts';
import { until } from '../helpers/until.ts';

const BOARD = '/ops/queues';
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const [OPS, VIEWER] = [basic('ops:may do all of it'), basic('viewer:may only look')];
const ENV = { OPS_PASSWORD: 'may do all of it', OPS_VIEWER_PASSWORD: 'may only look' };
const QUEUE = matchRequest.name;

onBothBackEnds('who looks at the board', (backEnd) => {
  let api: TestApi;
  let queues: Queues;
  const waiting = uuidv7();
  beforeAll(async () => {
    const redisUrl = backEnd.redisUrl();
    api = await openApi('empty', { env: { ...ENV, ...(redisUrl && { REDIS_URL: redisUrl }) } });
    queues = openQueues({ databaseUrl: api.url, redisUrl }, silentLog);
    await until(() => queues.backend.available(), { what: 'queues in reach' });
    const payload = { requestId: uuidv7() };
    const row = { job: QUEUE, payload, delayMs: 3_600_000 };
    await queues.put(QUEUE, [
      { ...row, id: waiting },
      { ...row, id: uuidv7() },
    ]);
  });
  afterAll(async () => {
    await queues.close();
    await api.close();
  });

  const routes = () => {
    const { db, config } = api;
    const [board = []] = nestedApps({ db, config, queues, log: silentLog });
    return board.map(({ method, path }) => {
      const named = path.replace(':queueName', QUEUE).replace(':jobId', waiting).replace('*', '');
      return {
        method: method.toUpperCase(),
        path: BOARD + named.replace(':queueStatus', 'delayed').replace(/:\w+/g, 'x'),
      };
    });
  };
  const picture = () => queuePicture(api.db, backEnd.redisUrl());

  it('may see all of it, which changes nothing', async () => {
    const looks = routes().filter(({ method }) => method === 'GET');
    const all = async () => {
      for (const { path } of looks)
        expect([path, (await api.call(path, { headers: VIEWER })).status]).not.toEqual([path, 401]);
    };
    await all();
    const before = await picture();
    await all();
    const list = `${BOARD}/api/queues?activeQueue=${QUEUE}&status=delayed&page=1&jobsPerPage=10`;
    const { body } = await api.call<{ queues: { readOnlyMode: boolean; counts: { delayed: number } }[] }>(
      list,
      {
        headers: VIEWER,
      },
    );
    expect(body.queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
    expect(body.queues[0]?.counts.delayed).toBe(2);
    expect(await picture()).toBe(before);
  });

  it('may change nothing: the server refuses it, and nothing is on record', async () => {
    const acts = routes().filter(({ method }) => method !== 'GET');
    expect(acts.length).toBeGreaterThan(20);
    const [before, records] = [await picture(), await auditRows(api.db)];
    for (const { method, path } of [...acts, { method: 'POST', path: `${BOARD}/no/such/call` }]) {
      const answer = await api.call(path, { method, headers: VIEWER });
      expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'view_only']);
    }
    expect(await picture()).toBe(before);
    expect(await auditRows(api.db)).toEqual(records);
  });

  it('is another than who acts there: what an operator does is on record, with its end', async () => {
    const act = async (path: string) => {
      const { status } = await api.call(`${BOARD}/api/queues${path}`, { method: 'PUT', headers: OPS });
      const { actor, action, subject, subject_id, detail, outcome } = await lastAct(api.db);
      expect(actor).toBe('operator');
      return { status: status < 400, action, subject: [subject, subject_id], detail, outcome };
    };
    expect(await act(`/${QUEUE}/pause`)).toEqual({
      ...{ status: true, action: 'board.pause', subject: ['queue', QUEUE], detail: {}, outcome: 'done' },
    });
    expect(await act('/resume')).toMatchObject({ action: 'board.resume', subject: ['queue', null] });
    expect(await act(`/${QUEUE}/${waiting}/promote`)).toEqual({
      ...{ status: true, action: 'board.promote', subject: ['job', waiting], detail: { queue: QUEUE } },
      outcome: 'done',
    });
    expect(await act(`/${QUEUE}/${uuidv7()}/retry`)).toMatchObject({ status: false, outcome: 'failed' });
    expect(await act(`/${QUEUE}/clean/completed/`)).toMatchObject({
      ...{ action: 'board.clean', detail: { queueStatus: 'completed' } },
    });
    expect(await act(`/${QUEUE.toUpperCase()}/EMPTY`)).toMatchObject({ action: 'board.empty' });
    expect(await act(`/${QUEUE.replace('-', '%2D')}/resume`)).toMatchObject({ subject: ['queue', QUEUE] });
    expect(await act('/%E0%A4%A/resume')).toMatchObject({ subject: ['queue', null], outcome: 'failed' });
    // Nobody writes an address into the record by asking for it.
    expect(await act('/ana@example.com/pause')).toMatchObject({
      subject: ['queue', null],
      outcome: 'failed',
    });
  });

  it('lets through no act that Bull Board does not declare', async () => {
    const records = await auditRows(api.db);
    for (const path of ['/api/queues', '/api//queues/pause', '/static/main.js', '/'])
      expect((await api.call(BOARD + path, { method: 'PUT', headers: OPS })).status, path).toBe(404);
    expect(await auditRows(api.db)).toEqual(records);
  });

  it('has every act of Bull Board on record, whatever comes of it', async () => {
    for (const { method, path } of routes().filter((route) => route.method !== 'GET')) {
      const before = (await auditRows(api.db)).length;
      const json = method === 'PUT' ? {} : { json: {} };
      await api.call(path, { method, headers: OPS, ...json });
      expect([path, (await auditRows(api.db)).length]).toEqual([path, before + 1]);
      expect((await lastAct(api.db)).action, path).toMatch(/^board\.[a-z-]+$/);
    }
  });
});

it('who cannot be put on record does nothing', async () => {
  const api = await testApi('empty', { env: ENV });
  const pause = () => api.call(`${BOARD}/api/queues/${QUEUE}/pause`, { method: 'PUT', headers: OPS });
  // BullMQ writes down what every queue is like when it is opened, in the background.
  let before = '';
  await until(async () => {
    before = await queuePicture(api.db, undefined);
    return JOBS.every(({ name }) =>
      ['opts.maxLenEvents', 'version'].every((field) => before.includes(`(${name},${field},`)),
    );
  });
  await api.db.query('alter table audit_log rename to elsewhere');
  expect((await pause()).status).toBe(500);
  expect(await queuePicture(api.db, undefined)).toBe(before);
  await api.db.query('alter table elsewhere rename to audit_log');
  expect((await pause()).status).toBe(200);
});

it('a viewer may look where there is no operator, and nobody is the other', async () => {
  const api = await testApi('empty', { env: { OPS_VIEWER_PASSWORD: 'may only look' } });
  for (const [given, status] of [
    [VIEWER, 200],
    [basic('ops:may only look'), 401],
    [basic('ops:'), 401],
    [basic('viewer:'), 401],
  ] as const) {
    expect((await api.call(BOARD, { headers: given })).status).toBe(status);
    expect((await api.call('/metrics', { headers: given })).status).toBe(status);
  }
});

it('in production there is neither board nor figures without a password', async () => {
  const env = {
    ...{
      NODE_ENV: 'production',
      DATABASE_URL: 'postgres://x',
      SMTP_URL: `smtp://127.0.0.1:${await freePort()}`,
    },
  };
  const api = await testApi('empty', { env });
  for (const path of [BOARD, `${BOARD}/api/queues`, `${BOARD}/static/main.js`, '/metrics'])
    for (const headers of [{}, OPS, basic('ops:'), basic(':')])
      expect([path, (await api.call(path, { headers })).status]).toEqual([path, 404]);
});
