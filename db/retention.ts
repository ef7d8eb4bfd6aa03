import type { Sql } from './connect.ts';

/** Deletes what nobody can use any more. */
export async function purgeExpired(sql: Sql): Promise<void> {
  await sql.query('delete from access_tokens where expires_at < now()');
  await sql.query(`delete from idempotency_keys where created_at < now() - interval '24 hours'`);
}
