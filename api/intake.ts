import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { insertTokens, mintToken } from '../db/access-tokens.ts';
import { isTemporary } from '../db/connect.ts';
import { gather } from '../db/gather.ts';
import { type FirstUse, holdKeys, rememberKeys } from '../db/idempotency.ts';
import { findAddressees } from '../db/partners.ts';
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

/** A request to be taken in. With a key, the same body again gives the same request and a fresh token. */
export interface Call {
  body: RequestBody;
  locale: Locale;
  key: string | undefined;
}

export type TakeIn = (call: Call) => Promise<Accepted>;

// What comes while two commits are under way goes into the next one.
const GATHERING = { waitMs: 1, max: 100, parallel: 2 };

/** Takes requests in, many in one commit when many come: each is accepted only when it is committed. */
export function openIntake(deps: ApiDeps): TakeIn {
  return gather((calls: Call[]) => takeInAll(deps, calls), GATHERING);
}

/** Where one of them breaks the commit, each goes alone. */
async function takeInAll(deps: ApiDeps, calls: Call[]): Promise<(Accepted | Promise<Accepted>)[]> {
  try {
    const answers = await transaction(deps, 'intake', (tx) => decide(tx, calls));
    return answers.map((answer) => (answer instanceof Problem ? Promise.reject(answer) : answer));
  } catch (error) {
    if (calls.length === 1 || isTemporary(error)) throw error;
    return calls.map(async (call) => (await takeInAll(deps, [call]))[0] as Accepted);
  }
}

/** Request, token and the promise to match it are one commit; what cannot be taken in leaves the others alone. */
async function decide(tx: Tx, calls: Call[]): Promise<(Accepted | Problem)[]> {
  const uses = await firstUses(tx, calls);
  const addressees = await findAddressees(
    tx,
    calls.flatMap(({ body }) => body.partnerId ?? []),
  );
  const requests: NewRequest[] = [];
  const keys: { keyHash: Buffer; bodyHash: Buffer; requestId: string }[] = [];
  const answers = calls.map(({ body, locale, key }, no): Accepted | Problem => {
    const use = uses[no];
    if (use === 'in-flight') return inFlight();
    if (use && !use.bodyHash.equals(hashBody(body))) return reused();
    const mode = body.partnerId === undefined ? 'automated' : 'manual';
    const accepted = { id: use?.requestId ?? uuidv7(), mode, accessToken: mintToken() } as const;
    if (use) return accepted;
    const problem = body.partnerId && refusal(addressees.get(body.partnerId.toLowerCase()));
    if (problem) return problem;
    requests.push(toRequest(accepted.id, mode, body, locale));
    if (key !== undefined)
      keys.push({ keyHash: sha256(key), bodyHash: hashBody(body), requestId: accepted.id });
    return accepted;
  });
  const accepted = answers.filter((answer): answer is Accepted => !(answer instanceof Problem));
  if (requests.length > 0) await insertRequests(tx, requests);
  await insertTokens(
    tx,
    'request',
    accepted.map(({ id, accessToken }) => ({ token: accessToken, subjectId: id })),
    TOKEN_VALID_MS,
  );
  await rememberKeys(tx, keys);
  for (const { id } of requests) tx.enqueue(matchRequest, { requestId: id });
  return answers;
}

/** What became of each call's key, if it has one. The same key twice at once: the second comes while the first is under way. */
async function firstUses(tx: Tx, calls: Call[]): Promise<FirstUse[]> {
  const keys = [...new Set(calls.flatMap(({ key }) => key ?? []))];
  const uses = await holdKeys(tx, keys.map(sha256));
  const met = new Set<string>();
  return calls.map(({ key }) => {
    if (key === undefined) return undefined;
    if (met.has(key)) return 'in-flight';
    met.add(key);
    return uses[keys.indexOf(key)];
  });
}

const inFlight = () =>
  new Problem(
    409,
    'in_flight',
    'A request with this Idempotency-Key is being taken in right now. Try again.',
  );

const reused = () =>
  new Problem(422, 'idempotency_key_reused', 'This Idempotency-Key was used with another body.');

/** Why a partner that the client chose does not get the request. */
function refusal(partner: { accepting: boolean } | undefined): Problem | undefined {
  if (!partner) {
    const errors = [{ pointer: '/partnerId', code: 'unknown_partner', detail: 'There is no such partner.' }];
    return new Problem(422, 'invalid', 'Some fields are missing or wrong; see errors.', errors);
  }
  if (!partner.accepting)
    return new Problem(409, 'not_accepting', 'This partner takes no requests at the moment.');
  return undefined;
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
