import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertTokens, mintToken } from '../../db/access-tokens.ts';
import { createApiKey } from '../../db/api-keys.ts';
import { createLog } from '../../log.ts';
import { startWorkers } from '../../workers/start.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { look, mailsTo, REQUESTS, send, withField } from '../helpers/http-requests.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { requestBody } from '../helpers/requests.ts';
import { until } from '../helpers/until.ts';

const PASSWORD = 'operators-password';
const IDEMPOTENCY_KEY = 'idempotency-key-of-zoe';
const client = {
  name: 'Zoë Unmistakable',
  email: 'zoe.unmistakable@clients.example',
  phone: '+55 11 91234 5678',
  company: 'Padaria Inconfundível',
  locale: 'en',
};
const project = { title: 'Secret bakery plans', description: 'Nobody may read of the sourdough.' };
const basic = `Basic ${Buffer.from(`ops:${PASSWORD}`).toString('base64')}`;

let folder: string;
let api: TestApi;
let log: string;
const secrets: string[] = [...Object.values(client).slice(0, 4), ...Object.values(project), PASSWORD, basic];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terna-log-'));
  const file = join(folder, 'terna.log');
  const logger = createLog('trace', file);
  api = await openApi('empty', { env: { OPS_PASSWORD: PASSWORD }, log: logger });
  const partners = [newPartner({ name: 'Discreet Agency' }), newPartner(), newPartner()];
  await insertPartners(api.db, partners);
  secrets.push(...partners.map(({ email }) => email), 'Discreet Agency');
  const workers = startWorkers(api.config, api.url, logger);
  try {
    await everythingThatIsAsked(partners[0]?.id ?? '');
  } finally {
    await workers.stop();
  }
  log = await readFile(file, 'utf8');
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

async function everythingThatIsAsked(partnerId: string): Promise<void> {
  const wanted = { client, project, criteria: {} };
  const accepted = await send(api, wanted, { 'idempotency-key': IDEMPOTENCY_KEY });
  const key = await createApiKey(api.db, { role: 'partner', partnerId });
  secrets.push(accepted.accessToken, key, IDEMPOTENCY_KEY);
  await until(async () => (await look(api, accepted)).status === 'routed');
  await until(async () => (await mailsTo(api, client.email)).length === 1);

  await api.call('/api/v1/deals', { token: key });
  await api.call(`/requests/${accepted.id}/${accepted.accessToken}`);
  await api.call(`/api/v1/partners?q=${encodeURIComponent(client.name)}`);
  await api.call(`/dev/mail?to=${client.email}`);
  await api.call('/ops/queues/api/queues', { headers: { authorization: basic } });
  await api.call('/ops/queues', { headers: { authorization: `Basic ${btoa('ops:guessed')}` } });
  // Signing in, as one may and as one may not.
  const link = mintToken();
  await insertTokens(api.db, 'sign-in', [{ token: link, subjectId: partnerId }], 60_000);
  secrets.push(link);
  for (let time = 0; time < 2; time++)
    await api.call(`/sign-in/${link}`, { method: 'POST', redirect: 'manual' });
  await api.call('/api/v1/sessions', { json: { token: link } });
  // What is refused, and what nobody foresaw.
  const wrong = requestBody({ ...wanted, extra: 1 });
  await api.call(REQUESTS, { json: wrong });
  await api.call(REQUESTS, {
    json: wrong,
    headers: { 'idempotency-key': `${IDEMPOTENCY_KEY}${'k'.repeat(300)}` },
  });
  const cutOff = JSON.stringify(requestBody(wanted)).slice(0, -3);
  await api.call(REQUESTS, { method: 'POST', body: cutOff, headers: { 'content-type': 'application/json' } });
  await api.call(REQUESTS, { json: withField(requestBody(wanted), '0000-01-01', 'project', 'deadline') });
  await api.db.query('alter table requests rename to requests_gone');
  const failed = await api.call(REQUESTS, { json: requestBody(wanted) });
  expect(failed.status).toBe(500);
  expect(failed.text).not.toMatch(/requests_gone|relation|insert|at .*\.ts/);
  await api.db.query('alter table requests_gone rename to requests');
  await api.db.query("alter table requests add constraint narrow check (title = 'x') not valid");
  expect((await api.call(REQUESTS, { json: requestBody(wanted) })).status).toBe(500);
  await api.db.query('alter table requests drop constraint narrow');
}

it('the log of a whole run says what was asked and how it ended', () => {
  const lines = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.length).toBeGreaterThan(10);
  expect(lines).toContainEqual(
    expect.objectContaining({
      level: 'debug',
      req: expect.objectContaining({ method: 'POST' }),
      res: { status: 202, route: '/' },
    }),
  );
  expect(lines.some(({ msg, level }) => msg === 'request failed' && level === 'error')).toBe(true);
});

it('the log of a whole run says who was refused where, and who signed in, without debugging', () => {
  const said = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { level: string; res?: { status: number; route?: string } })
    .filter(({ level }) => level === 'info')
    .map(({ res }) => res && `${res.status} ${res.route}`);
  for (const line of ['404 /sign-in/:token', '303 /sign-in/:token', '401 /sessions', '401 undefined'])
    expect(said).toContain(line);
});

it('the log of a whole run holds no name, address, phone, text, token, key or password', () => {
  const lines = log.trim().split('\n');
  const leaking = secrets.flatMap((secret) => {
    const line = lines.find((each) => each.includes(secret));
    return line === undefined ? [] : [{ secret, line }];
  });
  expect(leaking).toEqual([]);
  expect(log).not.toMatch(/authorization|bearer|cookie/i);
  expect(log).not.toMatch(/[\w.+-]+@[\w-]+\.(example|com)/);
});
