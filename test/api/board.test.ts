import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkers } from '../../workers/start.ts';
import { silentLog } from '../helpers/deps.ts';
import { openApi, type TestApi, testApi } from '../helpers/http-api.ts';
import { look, send } from '../helpers/http-requests.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { until } from '../helpers/until.ts';

const BOARD = '/ops/queues';
const PASSWORD = 'correct horse: battery stäple';
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const OPERATOR = basic(`ops:${PASSWORD}`);

interface BoardQueues {
  queues: {
    name: string;
    counts: { delayed: number };
    jobs: { id: string; name: string; data: { requestId?: string }; delay?: number }[];
  }[];
}

describe('the operators’ board', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi('empty', { env: { OPS_PASSWORD: PASSWORD, SWEEP_INTERVAL: 'PT0.2S' } });
    await insertPartners(api.db, [newPartner(), newPartner(), newPartner()]);
  });
  afterAll(() => api.close());

  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['a wrong password', basic('ops:wrong')],
    ['another user', basic(`root:${PASSWORD}`)],
    ['the password alone', basic(PASSWORD)],
    ['no password', basic('ops:')],
    ['a bearer', { authorization: `Bearer ${PASSWORD.slice(0, 7)}` }],
    ['the unencoded password', { authorization: 'Basic ops:correct' }],
  ])('is closed to those who bring %s', async (_, headers) => {
    for (const path of [BOARD, `${BOARD}/`, `${BOARD}/api/queues`, `${BOARD}/static/js/main.js`]) {
      const answer = await api.call(path, { headers });
      expect(answer.status, path).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    }
    const retry = await api.call(`${BOARD}/api/queues/send-email/pause`, { method: 'PUT', headers });
    expect(retry.status).toBe(401);
  });

  it('opens with the password', async () => {
    const { status, headers, text } = await api.call(BOARD, { headers: OPERATOR });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    expect(text).toContain('Terna');
    const scripts = [...text.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, path = '']) => path);
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const path = new URL(script, `${api.origin}${BOARD}/`).href.slice(api.origin.length);
      expect((await api.call(path, { headers: OPERATOR })).status, path).toBe(200);
    }
  });

  it('shows the follow-up of a routed request, delayed to a third of its window', async () => {
    const workers = startWorkers(api.config, api.url, silentLog);
    try {
      const accepted = await send(api, { criteria: {} });
      await until(async () => (await look(api, accepted)).status === 'routed', { what: 'routing' });
      const job = await until(async () => {
        const path = `${BOARD}/api/queues?activeQueue=follow-up&status=delayed&page=1&jobsPerPage=10`;
        const { body } = await api.call<BoardQueues>(path, { headers: OPERATOR });
        const queue = body.queues.find(({ name }) => name === 'follow-up');
        return queue?.counts.delayed === 1 && queue.jobs.find((each) => each.data.requestId === accepted.id);
      });
      expect(job).toMatchObject({ name: 'follow-up', data: { requestId: accepted.id }, delay: 86_400_000 });
    } finally {
      await workers.stop();
    }
  });

  it('shows all queues of the design, and no names or addresses in their jobs', async () => {
    const path = `${BOARD}/api/queues?status=latest&page=1&jobsPerPage=100`;
    const { text, body } = await api.call<BoardQueues>(path, { headers: OPERATOR });
    expect(body.queues.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['match-request', 'create-deal', 'follow-up', 'send-email', 'recompute-ranks']),
    );
    expect(text).not.toMatch(/Souza|ana@example|@partners\.example/);
  });
});

it('there is no board without a password', async () => {
  const api = await testApi('empty');
  for (const path of [BOARD, `${BOARD}/api/queues`]) {
    expect((await api.call(path, { headers: basic('ops:') })).status).toBe(404);
  }
});
