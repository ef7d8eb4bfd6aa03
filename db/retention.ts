import type { Sql } from './connect.ts';
import { GOES_ON } from './sessions.ts';

/** Deletes what nobody can use any more, but for rows that somebody holds: those go next time. */
export async function purgeExpired(sql: Sql): Promise<void> {
  await sql.query(`delete from access_tokens where hash in (
    select hash from access_tokens where expires_at < now() for update skip locked)`);
  await sql.query(`delete from sessions where id in (
    select s.id from sessions s where not (${GOES_ON}) for update skip locked)`);
  await sql.query(`delete from idempotency_keys where key_hash in (
    select key_hash from idempotency_keys where created_at < now() - interval '24 hours' for update skip locked)`);
}
