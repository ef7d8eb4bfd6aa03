import type { Request } from 'express';
import { type Caller, principalOf } from '../db/api-keys.ts';
import type { Actor } from '../db/audit.ts';
import type { Database } from '../db/connect.ts';
import { sessionPrincipal } from '../db/sessions.ts';
import { openRequest } from './open-request.ts';
import { Problem } from './problem.ts';
import { SAFE } from './safe-methods.ts';

/**
 * The secret of `Authorization: Bearer ...`.
 * @throws Problem 401 when there is none
 */
export function bearer(request: Request): string {
  const [, secret] = /^Bearer +([\w.~+/-]+=*)$/i.exec(request.get('authorization') ?? '') ?? [];
  if (!secret) throw new Problem(401, 'no_credential', 'Send a token or key as "Authorization: Bearer ...".');
  return secret;
}

/**
 * Lets through whoever has a token of this request. A foreign one and an unknown request look alike.
 * @throws Problem 401 or 404
 */
export async function requireRequestToken(db: Database, request: Request, requestId: string): Promise<void> {
  await openRequest(db, request, { id: requestId, token: bearer(request) });
}

/** Who calls: an API key's owner, or somebody signed in. */
async function callerOf(db: Database, request: Request): Promise<Caller | undefined> {
  const secret = bearer(request);
  const known = await principalOf(db.writing('api key use'), secret);
  return known ?? (await sessionPrincipal(db.writing('session use'), secret));
}

/** Held for every method that may change something, whether this call would or not. */
function requireScope(request: Request, { readOnly = false }: Caller): void {
  if (readOnly && !SAFE.has(request.method))
    throw new Problem(403, 'read_only_key', 'This API key only reads. Use one that may write.');
}

/** @throws Problem 401 when the key or session is none of a partner, 403 when the key only reads and this writes */
export async function requirePartner(db: Database, request: Request): Promise<string> {
  const caller = await callerOf(db, request);
  if (caller?.role !== 'partner')
    throw new Problem(401, 'bad_credential', 'This is not the API key or session of a partner.');
  requireScope(request, caller);
  return caller.partnerId;
}

/**
 * @returns who acts
 * @throws Problem 401 when the key or session is none of an administrator, 403 when the key only reads
 */
export async function requireAdministrator(db: Database, request: Request): Promise<Actor> {
  const caller = await callerOf(db, request);
  if (caller?.role !== 'admin')
    throw new Problem(401, 'bad_credential', 'This is not the API key or session of an administrator.');
  requireScope(request, caller);
  return caller.actor;
}
