import { uuidv7 } from 'uuidv7';
import { hashToken, mintToken } from './access-tokens.ts';
import type { Sql } from './connect.ts';

/** Who an API key speaks for. */
export type Principal = { role: 'partner'; partnerId: string } | { role: 'admin' };

/** Keys start so that secret scanners and people know one when they see it. */
const MARK = 'terna_';

/** Makes a key. It is returned once and never again: only its hash is kept. */
export async function createApiKey(sql: Sql, principal: Principal, id = uuidv7()): Promise<string> {
  const key = `${MARK}${mintToken()}`;
  await sql.query('insert into api_keys (id, hash, prefix, role, partner_id) values ($1, $2, $3, $4, $5)', [
    id,
    hashToken(key),
    key.slice(0, MARK.length + 6),
    principal.role,
    principal.role === 'partner' ? principal.partnerId : null,
  ]);
  return key;
}

/** Who the key speaks for, or undefined when it is unknown or revoked. */
export async function principalOf(sql: Sql, key: string): Promise<Principal | undefined> {
  if (!key.startsWith(MARK)) return undefined;
  const [row] = await sql.query<{ role: 'partner' | 'admin'; partnerId: string | null }>(
    'select role, partner_id as "partnerId" from api_keys where hash = $1 and revoked_at is null',
    [hashToken(key)],
  );
  if (!row) return undefined;
  return row.partnerId === null ? { role: 'admin' } : { role: 'partner', partnerId: row.partnerId };
}

/** A partner's key as its owner sees it in a list: by its first characters. */
export interface ApiKeyView {
  id: string;
  prefix: string;
  createdAt: Date;
  revokedAt: Date | null;
}

/** How many of a partner's keys work, and whether it has this one, working or not. */
export async function countApiKeys(
  sql: Sql,
  partnerId: string,
  id: string,
): Promise<{ working: number; has: boolean }> {
  const [counted] = await sql.query<{ working: number; has: boolean }>(
    `select count(*) filter (where revoked_at is null)::int as working, coalesce(bool_or(id = $2), false) as has
     from api_keys where partner_id = $1`,
    [partnerId, id],
  );
  return counted ?? { working: 0, has: false };
}

/** A partner's keys: those that work first, then the newest. */
export function listApiKeys(sql: Sql, partnerId: string, limit: number): Promise<ApiKeyView[]> {
  return sql.query<ApiKeyView>(
    `select id, prefix, created_at as "createdAt", revoked_at as "revokedAt" from api_keys
     where partner_id = $1 order by revoked_at is not null, created_at desc, id desc limit $2`,
    [partnerId, limit],
  );
}

/**
 * Makes a partner's key worthless; one that is already stays as it is.
 * @returns false when the partner has no such key
 */
export async function revokeApiKey(sql: Sql, partnerId: string, id: string): Promise<boolean> {
  const rows = await sql.query(
    'update api_keys set revoked_at = coalesce(revoked_at, now()) where id = $1 and partner_id = $2 returning id',
    [id, partnerId],
  );
  return rows.length > 0;
}
