import { expect, it, onTestFinished } from 'vitest';
import { OPERATIONS } from '../../api/openapi/document.ts';
import { startApi } from '../../api/start.ts';
import { createApiKey } from '../../db/api-keys.ts';
import { UNKNOWN } from '../helpers/board-api.ts';
import { silentLog } from '../helpers/deps.ts';
import { type Answer, testApi } from '../helpers/http-api.ts';
import { administer } from '../helpers/openapi-admin.ts';
import { browse, seekHelp, widen } from '../helpers/openapi-clients.ts';
import { type Conversation, converse, unheard } from '../helpers/openapi-conversation.ts';
import { review, settle, signIn, win } from '../helpers/openapi-partners.ts';
import { freePort } from '../helpers/redis.ts';

const LONG = 'x'.repeat(100_001);

it('every call answers as documented, when it can do what was asked and when not', async () => {
  const talk = converse(await testApi('seeded'));
  const partner = await browse(talk);
  await seekHelp(talk);
  await widen(talk, partner.id);
  const caller = await signIn(talk);
  await settle(talk, caller);
  const reviewId = await review(talk, caller, await win(talk, caller));
  await administer(talk, reviewId);
  await withoutCredential(talk);
  await withReadOnlyKeys(talk);
  await withBadBodies(talk);
  await withBadPaths(talk);
  await tooOften(talk);
  await withoutDatabase(talk);
  expect(unheard(talk.heard)).toEqual([]);
});

async function withoutCredential({ ask }: Conversation): Promise<void> {
  for (const { id, credential, body } of OPERATIONS)
    if (credential) await ask(id, 401, { at: UNKNOWN, ...(body && { json: body.example }) });
}

async function withReadOnlyKeys({ ask, api }: Conversation): Promise<void> {
  const [partner] = await api.db.query<{ id: string }>('select id from partners limit 1');
  const keys = {
    partner: await createApiKey(api.db, { role: 'partner', partnerId: partner?.id ?? '' }, { scope: 'read' }),
    admin: await createApiKey(api.db, { role: 'admin' }, { scope: 'read' }),
  };
  for (const { id, method, credential, body } of OPERATIONS)
    if (method !== 'get' && (credential === 'partner' || credential === 'admin'))
      await ask(id, 403, { at: UNKNOWN, token: keys[credential], ...(body && { json: body.example }) });
}

async function withBadBodies({ ask }: Conversation): Promise<void> {
  const latin1 = { 'content-type': 'application/json; charset=latin1' };
  for (const { id, body } of OPERATIONS.filter((operation) => operation.body)) {
    await ask(id, 400, { at: UNKNOWN, body: '{' });
    await ask(id, 413, { at: UNKNOWN, body: JSON.stringify({ ...Object(body?.example), more: LONG }) });
    await ask(id, 415, { at: UNKNOWN, body: '{}', headers: latin1 });
  }
}

async function withBadPaths({ ask, api }: Conversation): Promise<void> {
  const token = await createApiKey(api.db, { role: 'admin' });
  for (const { id } of OPERATIONS.filter(({ params }) => params))
    await ask(id, 400, { at: '%E0%A4%A', token });
}

/** Another process of the API, which takes one write a minute. */
async function tooOften({ api, heard }: Conversation): Promise<void> {
  const limited = await startApi({ ...api.config, rateLimits: true, rateLimitWrites: 1 }, api.url, silentLog);
  onTestFinished(() => limited.stop());
  const { ask } = converse({ ...api, call: caller(`http://127.0.0.1:${limited.port}`) }, heard);
  await ask('endSession', 401);
  for (const { id } of OPERATIONS.filter(({ method }) => method !== 'get'))
    await ask(id, 429, { at: UNKNOWN });
}

/** Another process of the API, whose database is not there. */
async function withoutDatabase({ api, heard }: Conversation): Promise<void> {
  const url = `postgres://nobody@127.0.0.1:${await freePort()}/none`;
  const lost = await startApi(api.config, url, silentLog);
  onTestFinished(() => lost.stop());
  const { ask } = converse({ ...api, call: caller(`http://127.0.0.1:${lost.port}`) }, heard);
  await ask('getReadiness', 503);
  await ask('getCatalog', 503);
}

function caller(origin: string) {
  return async <Body>(path: string, { method = 'GET' }: RequestInit = {}): Promise<Answer<Body>> => {
    const response = await fetch(`${origin}${path}`, { method });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
  };
}
