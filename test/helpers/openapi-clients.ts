import { UNKNOWN } from './board-api.ts';
import type { SeenPartner } from './http-catalog.ts';
import type { Accepted, SeenRequest } from './http-requests.ts';
import type { Conversation } from './openapi-conversation.ts';
import { requestBody } from './requests.ts';
import { until } from './until.ts';

/** Anybody: looks through the catalog. */
export async function browse({ ask, api }: Conversation): Promise<SeenPartner> {
  const { data, page } = await ask<{ data: SeenPartner[]; page: { nextCursor: string } }>(
    'listPartners',
    200,
    {
      query: { services: 'crm-setup', language: 'pt', limit: '2' },
    },
  );
  const [partner] = data;
  if (!partner) throw new Error('the seeded catalog has no such partner');
  await ask('listPartners', 200, { query: { language: 'pt', cursor: page.nextCursor } });
  const mistyped = partner.name.replace(/(\p{Ll})(\p{Ll})/u, '$2$1');
  const found = await ask<{ similar?: true }>('listPartners', 200, { query: { q: mistyped } });
  if (!found.similar) throw new Error(`${mistyped} is no mistake`);
  await ask('listPartners', 422, { query: { country: 'XX' } });
  await ask('listPartners', 422, { query: { cursor: 'nonsense' } });
  await ask('getPartner', 200, { at: partner.slug });
  await ask('getPartner', 404, { at: 'nobody' });
  await ask('listPartnerReviews', 200, { at: partner.id });
  await ask('listPartnerReviews', 404, { at: UNKNOWN });
  await ask('listPartnerReviews', 422, { at: partner.id, query: { limit: '0' } });
  await ask('getCatalog', 200, { headers: { 'accept-language': 'pt-BR' } });
  await ask('getLiveness', 200);
  // The queues' connection may still be on its way.
  await until(async () => (await api.call('/readyz')).status === 200);
  await ask('getReadiness', 200);
  return partner;
}

/** A client: asks, looks, chooses, cancels. */
export async function seekHelp({ ask, api }: Conversation): Promise<void> {
  const headers = { 'idempotency-key': 'ask-once' };
  const accepted = await ask<Accepted>('createRequest', 202, { json: requestBody(), headers });
  await ask('createRequest', 202, { json: requestBody(), headers });
  await ask('createRequest', 422, { json: requestBody({ criteria: {} }), headers });
  await ask('createRequest', 422, { json: requestBody({ consent: false }) });
  await ask('createRequest', 400, { json: requestBody(), headers: { 'idempotency-key': 'x'.repeat(256) } });
  await ask('createRequest', 400, { body: '{' });
  await ask('createRequest', 413, { json: requestBody({ more: 'x'.repeat(100_001) }) });
  await ask('createRequest', 415, { body: 'x', headers: { 'content-type': 'text/plain' } });
  const mine = { at: accepted.id, token: accepted.accessToken };
  await ask('getRequest', 200, mine);
  await api.deliver();
  await ask('getRequest', 401, { at: accepted.id });
  await ask('getRequest', 404, { ...mine, at: UNKNOWN });
  const { matches } = await ask<SeenRequest>('getRequest', 200, mine);
  const [first] = matches;
  await ask('listSuggestions', 200, mine);
  await ask('listSuggestions', 404, { ...mine, at: UNKNOWN });
  const foreign = { ...mine, at: UNKNOWN, json: { partnerId: UNKNOWN } };
  for (const id of ['choosePartner', 'forwardRequest', 'widenCriteria', 'cancelRequest'])
    await ask(id, 404, foreign);
  await ask('forwardRequest', 422, { ...mine, json: { partnerId: UNKNOWN } });
  await ask('widenCriteria', 409, { ...mine, json: { language: null } });
  await ask('choosePartner', 409, { ...mine, json: { partnerId: UNKNOWN } });
  await ask('choosePartner', 422, { ...mine, json: {} });
  await ask('choosePartner', 400, { ...mine, body: '{' });
  await ask('choosePartner', 200, { ...mine, json: { partnerId: first?.partner.id } });
  await ask('cancelRequest', 200, mine);
  await ask('cancelRequest', 401, { at: accepted.id });
  await ask('choosePartner', 409, { ...mine, json: { partnerId: first?.partner.id } });
}

/** A client whom nobody suits: widens, or names a partner. */
export async function widen({ ask, api }: Conversation, partnerId: string): Promise<void> {
  const nowhere = requestBody({ criteria: { services: [], country: 'AQ' } });
  const one = await ask<Accepted>('createRequest', 202, { json: nowhere });
  const other = await ask<Accepted>('createRequest', 202, { json: nowhere });
  await api.deliver();
  const first = { at: one.id, token: one.accessToken };
  await ask('widenCriteria', 422, { ...first, json: { country: 'XX' } });
  await ask('widenCriteria', 202, { ...first, json: { country: null } });
  await ask('forwardRequest', 202, { at: other.id, token: other.accessToken, json: { partnerId } });
  await api.deliver();
  await ask('getRequest', 200, first);
  // A request of its own: one that was drawn may have gone to this partner already.
  const late = await ask<Accepted>('createRequest', 202, { json: nowhere });
  await api.db.query('update partners set accepting = false where id = $1', [partnerId]);
  await ask('createRequest', 409, { json: requestBody({ criteria: undefined, partnerId }) });
  await ask('forwardRequest', 409, { at: late.id, token: late.accessToken, json: { partnerId } });
  await api.db.query('update partners set accepting = true where id = $1', [partnerId]);
}
