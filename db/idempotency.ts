import type { Sql } from './connect.ts';

/** What became of a key's first use. */
export type FirstUse = 'in-flight' | { requestId: string; bodyHash: Buffer } | undefined;

/**
 * Holds keys until the transaction ends. `in-flight`: another transaction holds it now.
 * @param keyHashes SHA-256 of each key, all different
 * @returns for each key, in order
 */
export async function holdKeys(sql: Sql, keyHashes: Buffer[]): Promise<FirstUse[]> {
  if (keyHashes.length === 0) return [];
  const locks = await sql.query<{ held: boolean }>(
    `select pg_try_advisory_xact_lock(lock) as held
     from unnest($1::bigint[]) with ordinality as k (lock, no) order by no`,
    [keyHashes.map((hash) => hash.readBigInt64BE(0))],
  );
  // A statement of its own, after the locks: it sees what the last holders committed.
  const uses = await sql.query<{ keyHash: Buffer; requestId: string; bodyHash: Buffer }>(
    `select key_hash as "keyHash", request_id as "requestId", body_hash as "bodyHash"
     from idempotency_keys where key_hash = any ($1::bytea[])`,
    [keyHashes],
  );
  return keyHashes.map((hash, index) =>
    locks[index]?.held ? uses.find((use) => use.keyHash.equals(hash)) : 'in-flight',
  );
}

export async function rememberKeys(
  sql: Sql,
  keys: { keyHash: Buffer; bodyHash: Buffer; requestId: string }[],
): Promise<void> {
  if (keys.length === 0) return;
  await sql.query(
    `insert into idempotency_keys (key_hash, body_hash, request_id)
     select * from unnest($1::bytea[], $2::bytea[], $3::uuid[])`,
    [
      keys.map(({ keyHash }) => keyHash),
      keys.map(({ bodyHash }) => bodyHash),
      keys.map(({ requestId }) => requestId),
    ],
  );
}
