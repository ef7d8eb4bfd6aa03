import { expect } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { transaction } from '../../jobs/transaction.ts';
import { UNKNOWN } from './board-api.ts';
import type { Conversation } from './openapi-conversation.ts';

const NEW_PARTNER = {
  title: 'Sites and shops',
  name: 'Studio Açaí',
  type: 'agency',
  country: 'BR',
  languages: [{ code: 'pt', primary: true }],
  services: ['landing-pages'],
  email: 'studio-acai@example.com',
};

/** An administrator: partners, requests, reviews, jobs, preview. */
export async function administer(talk: Conversation, reviewId: string): Promise<void> {
  const token = await createApiKey(talk.api.db, { role: 'admin' });
  await managePartners(talk, token);
  await readRequests(talk, token);
  await moderate(talk, token, reviewId);
  await retry(talk, token);
  await personalData(talk, token);
  await talk.ask('previewMatch', 200, { token, json: { criteria: { services: ['crm-setup'] } } });
  await talk.ask('previewMatch', 200, { token, json: { criteria: { country: 'AQ' }, policy: 'top' } });
  await talk.ask('previewMatch', 422, { token, json: { policy: 'none' } });
}

async function managePartners({ ask }: Conversation, token: string): Promise<void> {
  await ask('listAllPartners', 200, { token, query: { listed: 'true', limit: '200' } });
  await ask('listAllPartners', 422, { token, query: { tier: 'best' } });
  const { id } = await ask<{ id: string }>('createPartner', 201, { token, json: NEW_PARTNER });
  await ask('createPartner', 409, { token, json: NEW_PARTNER });
  await ask('createPartner', 422, { token, json: {} });
  await ask('getAnyPartner', 200, { token, at: 'studio-acai' });
  await ask('getAnyPartner', 404, { token, at: 'nobody' });
  await ask('changePartner', 200, { token, at: id, json: { tier: 'gold', listed: false } });
  await ask('changePartner', 422, { token, at: id, json: { slug: 'other' } });
  await ask('changePartner', 404, { token, at: UNKNOWN, json: {} });
}

/** Of everybody who may be found by an address that the others left behind: first to know, then to be forgotten. */
async function personalData({ ask, api }: Conversation, token: string): Promise<void> {
  await ask('exportPersonalData', 422, { token, json: { email: 'nobody' } });
  await ask('erasePersonalData', 422, { token, json: {} });
  const people = await api.db.query<{ email: string }>(
    `(select client_email as email from requests where client_email <> '' group by 1 order by count(*) desc limit 5)
     union (select p.email from reviews v join partners p on p.id = v.partner_id order by v.id desc limit 1)
     union (select email from admins limit 1)`,
  );
  expect(people.length).toBeGreaterThan(1);
  for (const { email } of people) await ask('exportPersonalData', 200, { token, json: { email } });
  await ask('erasePersonalData', 200, { token, json: { email: 'studio-acai@example.com' } });
}

/** Every request that the others left behind, whatever became of it. */
async function readRequests({ ask, api }: Conversation, token: string): Promise<void> {
  await ask('listRequests', 200, { token, query: { limit: '200' } });
  await ask('listRequests', 422, { token, query: { status: 'lost' } });
  const rows = await api.db.query<{ id: string }>(
    `(select id from requests order by id desc limit 20) union
     (select distinct on (status, mode) id from requests)`,
  );
  for (const { id } of rows) await ask('getRequestStory', 200, { token, at: id });
  await ask('getRequestStory', 404, { token, at: UNKNOWN });
}

async function moderate({ ask }: Conversation, token: string, at: string): Promise<void> {
  await ask('hideReview', 200, { token, at, json: { reason: 'Names a private person.' } });
  await ask('hideReview', 404, { token, at: UNKNOWN, json: { reason: 'None' } });
  await ask('hideReview', 422, { token, at, json: {} });
  await ask('listAllReviews', 200, { token, query: { hidden: 'true' } });
  await ask('listAllReviews', 422, { token, query: { hidden: 'maybe' } });
  await ask('restoreReview', 200, { token, at });
  await ask('restoreReview', 404, { token, at: UNKNOWN });
}

async function retry({ ask, api }: Conversation, token: string): Promise<void> {
  const queues = { dispatch: () => undefined };
  await transaction({ db: api.db, queues }, 'job test', async (tx) =>
    tx.enqueue(matchRequest, { requestId: UNKNOWN }),
  );
  const [job] = await api.db.query<{ id: string }>(
    `update outbox set failed_at = now(), error = '550 no such mailbox', attempts = 8
     where payload ->> 'requestId' = $1 returning id`,
    [UNKNOWN],
  );
  await ask('listFailedJobs', 200, { token });
  await ask('listFailedJobs', 422, { token, query: { cursor: 'nonsense' } });
  await ask('retryJob', 202, { token, at: job?.id ?? '' });
  await ask('retryJob', 409, { token, at: job?.id ?? '' });
  await ask('retryJob', 404, { token, at: UNKNOWN });
  await ask('listAuditRecords', 200, { token, query: { limit: '200' } });
  await ask('listAuditRecords', 422, { token, query: { actor: 'nobody' } });
}
