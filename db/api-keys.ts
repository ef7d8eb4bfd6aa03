import { uuidv7 } from 'uuidv7';
import { hashToken, mintToken } from './access-tokens.ts';
import type { Actor } from './audit.ts';
import type { Sql } from './connect.ts';

/** Who an API key or a session speaks for. */
export type Principal = { role: 'partner'; partnerId: string } | { role: 'admin' };

/** Whoever calls with an API key or as somebody signed in; a key may only read, what an administrator does is recorded. */
export type Caller = ({ role: 'partner'; partnerId: string } | { role: 'admin'; actor: Actor }) & {
  readOnly?: boolean;
};

/** What a key may do. */
export const SCOPES = ['read', 'write'] as const;
export type Scope = (typeof SCOPES)[number];

/** What is said of a key when it is made; what is not said: no name, may write, for ever. */
export interface NewApiKey {
  id?: string | undefined;
  name?: string | null | undefined;
  scope?: Scope | undefined;
  /** How long it works. */
  days?: number | null | undefined;
}

/** Keys start so that secret scanners and people know one when they see it. */
const MARK = 'terna_';

/** How long a key works after another one took its place, as an interval: time to put the new one everywhere. */
const CHANGE_OVER = 'PT24H';

/** A use is written unless one of so long ago is: not every call costs a write. */
const USE_NOTED = 'PT1M';

/** Of a row of api_keys: it opens something. */
export const WORKS = '(revoked_at is null and (expires_at is null or expires_at > now()))';

const UNNOTED = `(last_used_at is null or last_used_at < now() - interval '${USE_NOTED}')`;

/** Makes a key. It is returned once and never again: only its hash is kept. */
export async function createApiKey(
  sql: Sql,
  principal: Principal,
  { id = uuidv7(), name = null, scope = 'write', days = null }: NewApiKey = {},
): Promise<string> {
  const key = `${MARK}${mintToken()}`;
  await sql.query(
    `insert into api_keys (id, hash, prefix, role, partner_id, name, scope, days, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8::int, now() + make_interval(days => $8::int))`,
    [
      id,
      hashToken(key),
      key.slice(0, MARK.length + 6),
      principal.role,
      principal.role === 'partner' ? principal.partnerId : null,
      name,
      scope,
      days,
    ],
  );
  return key;
}

/** Who the key speaks for, and whether it only reads; undefined when it is unknown, revoked or expired. */
export async function principalOf(sql: Sql, key: string): Promise<Caller | undefined> {
  if (!key.startsWith(MARK)) return undefined;
  const [row] = await sql.query<{ id: string; partnerId: string | null; scope: Scope; unnoted: boolean }>(
    `select id, partner_id as "partnerId", scope, ${UNNOTED} as unnoted from api_keys where hash = $1 and ${WORKS}`,
    [hashToken(key)],
  );
  if (!row) return undefined;
  if (row.unnoted) await noteUse(sql, row.id);
  const caller: Caller =
    row.partnerId === null
      ? { role: 'admin', actor: { kind: 'key', id: row.id } }
      : { role: 'partner', partnerId: row.partnerId };
  return row.scope === 'read' ? { ...caller, readOnly: true } : caller;
}

/** Waits for nobody: of many calls at once one is written. */
async function noteUse(sql: Sql, id: string): Promise<void> {
  await sql.query(
    `update api_keys set last_used_at = now() where id in (
       select id from api_keys where id = $1 and ${UNNOTED} for update skip locked)`,
    [id],
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

/**
 * Makes anybody's key worthless, as an operator may.
 * @returns its first characters; undefined when there is no such key
 */
export async function revokeAnyApiKey(sql: Sql, id: string): Promise<string | undefined> {
  const [key] = await sql.query<{ prefix: string }>(
    'update api_keys set revoked_at = coalesce(revoked_at, now()) where id = $1 returning prefix',
    [id],
  );
  return key?.prefix;
}

/**
 * Lets a working key be replaced: it works for another 24 hours at most.
 * @returns what its replacement has of it
 */
export async function retireApiKey(sql: Sql, id: string): Promise<NewApiKey | undefined> {
  const [key] = await sql.query<NewApiKey>(
    `update api_keys set replaced_at = now(), expires_at = least(expires_at, now() + interval '${CHANGE_OVER}')
     where id = $1 and replaced_at is null and ${WORKS} returning name, scope, days`,
    [id],
  );
  return key;
}
