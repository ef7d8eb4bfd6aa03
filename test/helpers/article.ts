import { expect, onTestFinished } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { startWorkers } from '../../workers/start.ts';
import type { QueueBackEnd } from './backends.ts';
import { silentLog } from './deps.ts';
import { type Answer, openApi, type TestApi } from './http-api.ts';
import { type Accepted, mailsTo, REQUESTS, type SeenMail, type SeenRequest } from './http-requests.ts';
import { insertPartners, newPartner, type TestPartner } from './partners.ts';
import { requestBody } from './requests.ts';
import { until } from './until.ts';

export interface SeenDeal {
  id: string;
  requestId: string;
  version: number;
  stage: { id: string; name: string; kind: string };
  pipeline: { id: string; name: string };
  project: { title: string };
  client: { name: string; email: string };
  lostReason: string | null;
  timeline: { event: string; actor: string; data: Record<string, unknown> }[];
}

/** The API, real workers and some partners, as the article's people see them: through HTTP and mail alone. */
export async function marketplace(
  backEnd: QueueBackEnd,
  partners: Partial<TestPartner>[],
  env: NodeJS.ProcessEnv = {},
) {
  if (backEnd.kind === 'redis') await backEnd.redis().flushAll();
  const redis = backEnd.redisUrl();
  const settings = { SWEEP_INTERVAL: 'PT0.5S', ...(redis && { REDIS_URL: redis }), ...env };
  const api = await openApi('empty', { env: settings });
  const workers = startWorkers(api.config, api.url, silentLog);
  onTestFinished(async () => {
    await workers.stop();
    await api.close();
  });
  const all = partners.map((partner) => newPartner({ country: 'BR', ...partner }));
  await insertPartners(api.db, all);
  return people(api, all);
}

function people(api: TestApi, partners: TestPartner[]) {
  let clients = 0;
  const keys = new Map<string, string>();

  async function keyOf(partnerId: string): Promise<string> {
    const key = keys.get(partnerId) ?? (await createApiKey(api.db, { role: 'partner', partnerId }));
    keys.set(partnerId, key);
    return key;
  }

  /** Sends a request from a client of its own, and waits until it is with somebody or nobody. */
  async function ask(overrides: Record<string, unknown> = {}) {
    clients += 1;
    const email = `client-${clients}@example.com`;
    const json = requestBody({
      client: { name: 'Ana Souza', email, phone: '+55 11 5555 0100', locale: 'en' },
      criteria: { services: ['crm-setup'] },
      ...overrides,
    });
    const { body } = await api.call<Accepted>(REQUESTS, { json });
    const path = `${REQUESTS}/${body.id}`;
    const call = <T>(sub: string, json?: unknown, init: RequestInit = {}) =>
      api.call<T>(`${path}${sub}`, { token: body.accessToken, ...(json !== undefined && { json }), ...init });
    const see = async () => (await call<SeenRequest>('')).body;
    const becomes = (status: string) =>
      until(async () => ((await see()).status === status ? see() : undefined), { what: `request ${status}` });
    const mails = (template: string) => mailsOf(email, template);
    return { id: body.id, email, call, see, becomes, mails };
  }

  async function mailsOf(address: string, template: string): Promise<SeenMail[]> {
    return (await mailsTo(api, address)).filter((mail) => mail.template === template);
  }

  /** The deal of a request at a partner, once it is there. */
  async function dealOf(partnerId: string, requestId: string): Promise<SeenDeal> {
    const token = await keyOf(partnerId);
    return until(async () => {
      const { body } = await api.call<{ data: SeenDeal[] }>('/api/v1/deals', { token });
      return body.data.find((deal) => deal.requestId === requestId);
    });
  }

  async function move(
    partnerId: string,
    requestId: string,
    patch: unknown,
    headers = {},
  ): Promise<Answer<SeenDeal>> {
    const { id } = await dealOf(partnerId, requestId);
    const token = await keyOf(partnerId);
    return api.call<SeenDeal>(`/api/v1/deals/${id}`, { method: 'PATCH', token, json: patch, headers });
  }

  const moved = async (partnerId: string, requestId: string, patch: unknown) => {
    const answer = await move(partnerId, requestId, patch);
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  };

  return { api, partners, ask, dealOf, move, moved, mailsOf, keyOf };
}
