import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startApi } from '../../api/start.ts';
import { createApiKey } from '../../db/api-keys.ts';
import { onBothBackEnds } from '../helpers/backends.ts';
import { silentLog } from '../helpers/deps.ts';
import { type Call, testApi } from '../helpers/http-api.ts';
import { mailsTo, REQUESTS } from '../helpers/http-requests.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { sendForm, shown, typed } from '../helpers/request-form.ts';
import { requestBody } from '../helpers/requests.ts';
import { until } from '../helpers/until.ts';

const SIGN_IN = '/api/v1/sign-in';
const ON = { RATE_LIMITS: 'on' };
const FIVE = { ...ON, RATE_LIMIT_WRITES: '5' };
const TEXT = 'A text that took a while to write, and that nobody wants to write again.';

const intake = (headers: Record<string, string> = {}): Call => ({ json: requestBody(), headers });
const form = (fields: Record<string, string>, headers: Record<string, string> = {}): Call => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  redirect: 'manual',
  headers: { accept: 'text/html', ...headers },
});

/** The statuses of so many writes, one after the other. */
async function statuses(times: number, write: () => Promise<{ status: number }>): Promise<number[]> {
  const all = [];
  for (let n = 0; n < times; n++) all.push((await write()).status);
  return all;
}

/** Before its connection to Redis is there, all is let through. */
const ready = (origin: string) => until(async () => (await fetch(`${origin}/readyz`)).ok);

onBothBackEnds('limits on writes', (backEnd) => {
  async function limited(env: NodeJS.ProcessEnv, log = silentLog) {
    const redis = backEnd.redisUrl();
    if (redis) await backEnd.redis().flushAll();
    const api = await testApi('empty', { env: { ...env, ...(redis && { REDIS_URL: redis }) }, log });
    await ready(api.origin);
    return api;
  }

  it('count an address for all api processes together, and say when it may write again', async () => {
    const api = await limited(FIVE);
    const other = await startApi(api.config, api.url, silentLog);
    onTestFinished(() => other.stop());
    await ready(`http://127.0.0.1:${other.port}`);
    const writes = Array.from({ length: 12 }, (_, n) => {
      const origin = n % 2 ? api.origin : `http://127.0.0.1:${other.port}`;
      const headers = { 'content-type': 'application/json' };
      return fetch(`${origin}${REQUESTS}`, { method: 'POST', body: JSON.stringify(requestBody()), headers });
    });
    const answers = await Promise.all(writes);
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(5);
    for (const answer of answers.filter(({ status }) => status !== 202)) {
      expect(answer.status).toBe(429);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await answer.json()).toMatchObject({ status: 429, code: 'too_many_requests' });
      const seconds = Number(answer.headers.get('retry-after'));
      expect(seconds >= 50 && seconds <= 60).toBe(true);
    }
    expect((await api.call(SIGN_IN, { json: { email: 'a@example.com' } })).status).toBe(429);
    expect((await api.call('/api/v1/reviews', { json: {} })).status).toBe(429);
    expect((await api.call('/api/v1/partners')).status).toBe(200);
  });

  it('are 300 a minute, also when they come many at once', async () => {
    const api = await limited(ON);
    const thirty = () => Promise.all(Array.from({ length: 30 }, () => api.call(SIGN_IN, { json: {} })));
    const answers: { status: number }[] = [];
    for (let n = 0; n < 11; n++) answers.push(...(await thirty()));
    const counts = [422, 429].map((wanted) => answers.filter(({ status }) => status === wanted).length);
    expect(counts).toEqual([300, 30]);
  });

  it('let everything through while the store is away, and say so once', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
    const api = await limited(FIVE, log);
    const said = (words: string) => lines.filter((line) => line.includes(words)).length;
    const rename = (from: string, to: string) => () => api.db.query(`alter table ${from} rename to ${to}`);
    const [leave, comeBack] =
      backEnd.kind === 'redis'
        ? [() => backEnd.redis().kill(), () => backEnd.redis().start()]
        : [rename('rate_limits', 'gone'), rename('gone', 'rate_limits')];
    const before = said('rate limits not counted');
    await leave();
    expect(await statuses(8, () => api.call(REQUESTS, intake()))).toEqual(Array(8).fill(202));
    expect(said('rate limits not counted')).toBe(before + 1);
    await comeBack();
    await until(async () => (await api.call(REQUESTS, intake())).status === 429, { every: 200 });
    // On a busy machine an answer may come too late once more: each time it is said that it is over.
    expect(said('rate limits are counted again')).toBe(said('rate limits not counted'));
    expect(lines.join('')).not.toContain('127.0.0.1');
  });

  it('mail a sign-in link to an address at most 20 times in a while; who asks sees no difference', async () => {
    const api = await limited(ON);
    await insertPartners(
      api.db,
      ['zoe', 'lia'].map((name) => newPartner({ email: `${name}@p.example` })),
    );
    const answers = [];
    for (const email of ['zoe@p.example', 'ZOE@p.example', 'zoe@P.example', 'nobody@p.example'])
      for (let n = 0; n < 8; n++) answers.push(await api.call(SIGN_IN, { json: { email } }));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(202);
    const page = await api.call('/sign-in', form({ email: 'zoe@p.example' }));
    expect([page.status, page.headers.get('location')]).toEqual([303, '/sign-in/sent']);

    // Another mailbox is another count; what was asked for before it has been promised by then.
    await api.call(SIGN_IN, { json: { email: 'lia@p.example' } });
    await until(async () => {
      await api.deliver();
      const [lia, zoe] = await Promise.all(['lia@p.example', 'zoe@p.example'].map((to) => mailsTo(api, to)));
      return lia?.length === 1 && (zoe?.length ?? 0) >= 20;
    });
    expect(await mailsTo(api, 'zoe@p.example')).toHaveLength(20);
  });
});

describe('whose writes are counted', () => {
  it('is the address that the proxy in front names', async () => {
    const api = await testApi('empty', { env: { ...FIVE, TRUST_PROXY: '1' } });
    const from = (address: string) => () => api.call(REQUESTS, intake({ 'x-forwarded-for': address }));
    expect(await statuses(6, from('192.0.2.1'))).toEqual([202, 202, 202, 202, 202, 429]);
    expect(await statuses(1, from('192.0.2.2'))).toEqual([202]);
    // What the caller wrote into the header itself stands before what the proxy says.
    expect(await statuses(1, from('203.0.113.9, 192.0.2.1'))).toEqual([429]);
    await statuses(5, from('2001:db8:1:2::1'));
    expect(await statuses(1, from('2001:db8:1:2:ffff::9'))).toEqual([429]);
    expect(await statuses(1, from('2001:db8:1:3::1'))).toEqual([202]);
    const rows = await api.db.query('select * from rate_limits');
    // Four networks, and the mailbox that all of them wrote for.
    expect(rows.length).toBe(5);
    expect(JSON.stringify(rows)).not.toMatch(/192\.0|2001:/);
  });

  it('is the address of the line where no proxy is expected', async () => {
    const api = await testApi('empty', { env: FIVE });
    let n = 0;
    const write = () => api.call(REQUESTS, intake({ 'x-forwarded-for': `192.0.2.${n++}` }));
    expect(await statuses(6, write)).toEqual([202, 202, 202, 202, 202, 429]);
  });

  it('is the API key where there is one that works; it may write twice as much', async () => {
    const api = await testApi('empty', { env: FIVE });
    const partner = newPartner();
    await insertPartners(api.db, [partner]);
    const token = await createApiKey(api.db, { role: 'partner', partnerId: partner.id });
    const patch = (key: string) => () =>
      api.call('/api/v1/me', { method: 'PATCH', json: { accepting: true }, token: key });
    const invented = () => patch(`terna_${crypto.randomUUID()}`)();
    expect(await statuses(6, invented)).toEqual([401, 401, 401, 401, 401, 429]);
    expect(await statuses(11, patch(token))).toEqual([...Array(10).fill(200), 429]);
  });

  it('does not matter with RATE_LIMITS=off', async () => {
    const api = await testApi('empty', { env: { ...FIVE, RATE_LIMITS: 'off' } });
    expect(await statuses(8, () => api.call(REQUESTS, intake()))).toEqual(Array(8).fill(202));
  });
});

describe('who sends too many forms', () => {
  it('is told so on a page, and what was typed is there', async () => {
    const api = await testApi('empty', { env: { ...ON, RATE_LIMIT_WRITES: '1' } });
    expect((await sendForm(api, typed())).status).toBe(303);
    const again = await sendForm(api, typed({ 'project.title': 'Another bakery' }), 'pt-BR');
    expect([again.status, shown(again.text, 'project.title')]).toEqual([429, 'Another bakery']);
    expect(again.text).toContain('Espere um minuto e envie de novo.');

    const feedback = await api.call('/feedback/some-token', form({ rating: '5', comment: TEXT }));
    expect(feedback.status).toBe(429);
    expect(feedback.text).toContain('Wait a minute, then send it again.');
    expect(feedback.text).toContain(TEXT);
    const asked = await api.call('/sign-in', form({ email: 'a@example.com' }, { 'accept-language': 'pt' }));
    expect([asked.status, asked.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
    for (const { headers } of [again, feedback, asked])
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
    expect((await api.call('/sign-in')).status).toBe(200);
  });
});
