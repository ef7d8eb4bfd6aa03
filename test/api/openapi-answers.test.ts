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
  await withBadBodies(talk);
  await withBadPaths(talk);
  await withoutDatabase(talk);
  expect(unheard(talk.heard)).toEqual([]);
});

async function withoutCredential({ ask }: Conversation): Promise<void> {
  for (const { id, credential, body } of OPERATIONS)
    if (credential) await ask(id, 401, { at: UNKNOWN, ...(body && { json: body.example }) });
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

/** Another process of the API, whose database is not there. */
async function withoutDatabase({ api, heard }: Conversation): Promise<void> {
  const url = `postgres://nobody@127.0.0.1:${await freePort()}/none`;
  const lost = await startApi(api.config, url, silentLog);
  onTestFinished(() => lost.stop());
  const call = async <Body>(path: string): Promise<Answer<Body>> => {
    const response = await fetch(`http://127.0.0.1:${lost.port}${path}`);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
  };
  const { ask } = converse({ ...api, call }, heard);
  await ask('getReadiness', 503);
  await ask('getCatalog', 503);
}
