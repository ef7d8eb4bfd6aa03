import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { insertTokens, mintToken } from '../db/access-tokens.ts';
import { holdKey, rememberKey } from '../db/idempotency.ts';
import { findAddressee } from '../db/partners.ts';
import { insertRequests, type NewRequest } from '../db/requests.ts';
import type { Locale } from '../domain/catalog.ts';
import { matchRequest } from '../jobs/match-request.ts';
import { type Tx, transaction } from '../jobs/transaction.ts';
import { CONSENT_VERSION } from '../locales/consent.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import type { RequestBody } from './schemas.ts';

export interface Accepted {
  id: string;
  mode: 'automated' | 'manual';
  accessToken: string;
}

// The token that intake answers with opens the client's page for half a year.
const TOKEN_VALID_MS = 180 * 24 * 3_600_000;

/**
 * Takes a request in: request, token and the promise to match it are one commit, and only then is it
 * accepted. With a key, the same body again gives the same request and a fresh token.
 */
export async function takeIn(
  deps: ApiDeps,
  body: RequestBody,
  locale: Locale,
  idempotencyKey: string | undefined,
): Promise<Accepted> {
  const mode = body.partnerId === undefined ? 'automated' : 'manual';
  return transaction(deps, 'intake', async (tx) => {
    const accessToken = mintToken();
    const replayed = idempotencyKey === undefined ? undefined : await firstUse(tx, idempotencyKey, body);
    if (replayed) {
      await insertTokens(tx, 'request', [{ token: accessToken, subjectId: replayed }], TOKEN_VALID_MS);
      return { id: replayed, mode, accessToken };
    }
    if (body.partnerId !== undefined) await checkAddressee(tx, body.partnerId);
    const id = uuidv7();
    await insertRequests(tx, [toRequest(id, mode, body, locale)]);
    await insertTokens(tx, 'request', [{ token: accessToken, subjectId: id }], TOKEN_VALID_MS);
    if (idempotencyKey !== undefined) await rememberKey(tx, sha256(idempotencyKey), hashBody(body), id);
    tx.enqueue(matchRequest, { requestId: id });
    return { id, mode, accessToken };
  });
}

/** The request that this key made before, if any. */
async function firstUse(tx: Tx, key: string, body: RequestBody): Promise<string | undefined> {
  const use = await holdKey(tx, sha256(key));
  if (use === 'in-flight') {
    throw new Problem(
      409,
      'in_flight',
      'A request with this Idempotency-Key is being taken in right now. Try again.',
    );
  }
  if (use && !use.bodyHash.equals(hashBody(body))) {
    throw new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key was used with another body.');
  }
  return use?.requestId;
}

async function checkAddressee(tx: Tx, partnerId: string): Promise<void> {
  const partner = await findAddressee(tx, partnerId);
  if (!partner) {
    const errors = [{ pointer: '/partnerId', code: 'unknown_partner', detail: 'There is no such partner.' }];
    throw new Problem(422, 'invalid', 'Some fields are missing or wrong; see errors.', errors);
  }
  if (!partner.accepting)
    throw new Problem(409, 'not_accepting', 'This partner takes no requests at the moment.');
}

function toRequest(id: string, mode: 'automated' | 'manual', body: RequestBody, locale: Locale): NewRequest {
  const { client, project, criteria, partnerId } = body;
  return {
    id,
    mode,
    client: {
      name: client.name,
      email: client.email,
      phone: client.phone ?? null,
      company: client.company ?? null,
      locale: client.locale ?? locale,
    },
    project: {
      title: project.title,
      description: project.description,
      budget: project.budget ?? null,
      deadline: project.deadline ?? null,
    },
    criteria: {
      services: [...new Set(criteria?.services)],
      country: criteria?.country ?? null,
      language: criteria?.language ?? null,
      partnerType: criteria?.partnerType ?? null,
      tier: criteria?.tier ?? null,
    },
    partnerId: partnerId ?? null,
    consentVersion: CONSENT_VERSION,
  };
}

/** Of the validated body: white space and the order of fields make no other body. */
function hashBody(body: RequestBody): Buffer {
  return sha256(JSON.stringify(body));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
