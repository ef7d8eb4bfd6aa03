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
  await sql.query(`delete from rate_limits where key in (
    select key from rate_limits where ends_at < now() for update skip locked)`);
}

/** How long what is in mails is kept, in milliseconds. */
export interface MailRetention {
  /** Mails about no request, and what servers answered. */
  mailsMs: number;
  /** What mails say that were kept instead of sent. */
  capturedMs: number;
}

/**
 * Deletes old mails that were kept, the records of those about no request (links to sign in), and what servers
 * answered; at most `limit` of each. Records of mails about requests stay: they hold ids alone, and keep a mail from
 * being sent twice.
 * @returns whether there may be more
 */
export async function purgeMails(
  sql: Sql,
  { mailsMs, capturedMs }: MailRetention,
  limit: number,
): Promise<boolean> {
  // Ids are in the order of time: the oldest ones are looked at, and no more.
  const oldest = (table: string, where: string) =>
    `select id from (select id, created_at from ${table} where ${where} order by id limit $2) as oldest
     where created_at < now() - make_interval(secs => $1::float8 / 1000)`;
  const purge = (statement: string, ms: number) => sql.query(`${statement} returning id`, [ms, limit]);
  const purged = [
    await purge(`delete from captured_mails where id in (${oldest('captured_mails', 'true')})`, capturedMs),
    await purge(`delete from emails where id in (${oldest('emails', 'request_id is null')})`, mailsMs),
    await purge(
      `update emails set error = null where id in (${oldest('emails', 'error is not null')})`,
      mailsMs,
    ),
  ];
  return purged.some((rows) => rows.length === limit);
}
