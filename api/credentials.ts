import type { Request } from 'express';
import { subjectOf } from '../db/access-tokens.ts';
import { type Principal, principalOf } from '../db/api-keys.ts';
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

/** Who calls: an API key's owner, or somebody signed in. */
export async function principalOfCaller(sql: Sql, request: Request): Promise<Principal | undefined> {
  const secret = bearer(request);
  return (await principalOf(sql, secret)) ?? (await sessionPrincipal(sql, secret));
}

/** @throws Problem 401 when the key or session is none of a partner */
export async function requirePartner(sql: Sql, request: Request): Promise<string> {
  const principal = await principalOfCaller(sql, request);
  if (principal?.role !== 'partner')
    throw new Problem(401, 'bad_credential', 'This is not the API key or session of a partner.');
  return principal.partnerId;
}
