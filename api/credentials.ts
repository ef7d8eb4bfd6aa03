import type { Request } from 'express';
import { subjectOf } from '../db/access-tokens.ts';
import { type Caller, principalOf } from '../db/api-keys.ts';
import type { Sql } from '../db/connect.ts';
import { sessionPrincipal } from '../db/sessions.ts';
import { notFound, Problem } from './problem.ts';

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
export async function requireRequestToken(sql: Sql, request: Request, requestId: string): Promise<void> {
  const secret = bearer(request);
  if ((await subjectOf(sql, 'request', secret)) !== requestId.toLowerCase()) throw notFound();
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Who calls: an API key's owner, or somebody signed in. */
async function callerOf(sql: Sql, request: Request): Promise<Caller | undefined> {
  const secret = bearer(request);
  return (await principalOf(sql, secret)) ?? (await sessionPrincipal(sql, secret));
}

/** Held for every method that may change something, whether this call would or not. */
function requireScope(request: Request, { readOnly = false }: Caller): void {
  if (readOnly && !SAFE.has(request.method))
    throw new Problem(403, 'read_only_key', 'This API key only reads. Use one that may write.');
}

/** @throws Problem 401 when the key or session is none of a partner, 403 when the key only reads and this writes */
export async function requirePartner(sql: Sql, request: Request): Promise<string> {
  const caller = await callerOf(sql, request);
  if (caller?.role !== 'partner')
    throw new Problem(401, 'bad_credential', 'This is not the API key or session of a partner.');
  requireScope(request, caller);
  return caller.partnerId;
}

/** @throws Problem 401 when the key or session is none of an administrator, 403 when the key only reads */
export async function requireAdministrator(sql: Sql, request: Request): Promise<void> {
  const caller = await callerOf(sql, request);
  if (caller?.role !== 'admin')
    throw new Problem(401, 'bad_credential', 'This is not the API key or session of an administrator.');
  requireScope(request, caller);
}
