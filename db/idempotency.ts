import type { Sql } from './connect.ts';

/** What became of the key's first use. */
export type FirstUse = 'in-flight' | { requestId: string; bodyHash: Buffer } | undefined;

/**
 * Holds the key until the transaction ends. `in-flight`: another transaction holds it now.
 * @param keyHash SHA-256 of the key
 */
export async function holdKey(sql: Sql, keyHash: Buffer): Promise<FirstUse> {
  const [lock] = await sql.query<{ held: boolean }>('select pg_try_advisory_xact_lock($1) as held', [
    keyHash.readBigInt64BE(0),
  ]);
  if (!lock?.held) return 'in-flight';
  // A statement of its own, after the lock: it sees what the last holder committed.
  const [use] = await sql.query<{ requestId: string; bodyHash: Buffer }>(
    'select request_id as "requestId", body_hash as "bodyHash" from idempotency_keys where key_hash = $1',
    [keyHash],
  );
  return use;
}

export async function rememberKey(
  sql: Sql,
  keyHash: Buffer,
  bodyHash: Buffer,
  requestId: string,
): Promise<void> {
  await sql.query('insert into idempotency_keys (key_hash, body_hash, request_id) values ($1, $2, $3)', [
    keyHash,
    bodyHash,
    requestId,
  ]);
}
