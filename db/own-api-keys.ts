import { type Scope, WORKS } from './api-keys.ts';
import type { Sql } from './connect.ts';

/** A key as its owner sees it in a list: by its name and its first characters. */
export interface ApiKeyView {
  id: string;
  prefix: string;
  name: string | null;
  scope: Scope;
  works: boolean;
  createdAt: Date;
  /** A minute old at most: not every use is written. */
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  /** Another one took its place; it works until `expiresAt`. */
  replacedAt: Date | null;
  revokedAt: Date | null;
}

/** A key as operators see it: with the partner's slug, null for a key of administrators. */
export interface AnyApiKeyView extends ApiKeyView {
  slug: string | null;
}

const VIEW = `k.id, k.prefix, k.name, k.scope, ${WORKS} as works, k.created_at as "createdAt",
  k.last_used_at as "lastUsedAt", k.expires_at as "expiresAt", k.replaced_at as "replacedAt",
  k.revoked_at as "revokedAt"`;

/** How many of a partner's keys work. */
export async function countWorkingApiKeys(sql: Sql, partnerId: string): Promise<number> {
  const [counted] = await sql.query<{ working: number }>(
    `select count(*)::int as working from api_keys where partner_id = $1 and ${WORKS}`,
    [partnerId],
  );
  return counted?.working ?? 0;
}

/** How a partner's key stands; undefined when it has none of this id. */
export async function findApiKey(
  sql: Sql,
  partnerId: string,
  id: string,
): Promise<{ works: boolean; replaced: boolean } | undefined> {
  const [key] = await sql.query<{ works: boolean; replaced: boolean }>(
    `select ${WORKS} as works, replaced_at is not null as replaced from api_keys where id = $1 and partner_id = $2`,
    [id, partnerId],
  );
  return key;
}

/** A partner's keys: those that work first, then the newest. */
export function listApiKeys(sql: Sql, partnerId: string, limit: number): Promise<ApiKeyView[]> {
  return sql.query<ApiKeyView>(
    `select ${VIEW} from api_keys k where k.partner_id = $1
     order by not ${WORKS}, k.created_at desc, k.id desc limit $2`,
    [partnerId, limit],
  );
}

/** Every key that works, or those of one partner, by partner and age; administrators' keys first. */
export function listWorkingApiKeys(sql: Sql, partnerId?: string): Promise<AnyApiKeyView[]> {
  return sql.query<AnyApiKeyView>(
    `select ${VIEW}, p.slug from api_keys k left join partners p on p.id = k.partner_id
     where ${WORKS} and ($1::uuid is null or k.partner_id = $1)
     order by p.slug nulls first, k.created_at, k.id`,
    [partnerId ?? null],
  );
}
