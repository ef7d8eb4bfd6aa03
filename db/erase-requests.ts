import type { Sql } from './connect.ts';
import { ERASED } from './erased.ts';

/**
 * Takes back all mails of these locked requests that nobody has finished sending. Who sends one at this moment finds
 * its row superseded afterwards, and keeps nothing of it (`settleEmails`).
 */
export async function supersedeUnsent(sql: Sql, requestIds: string[]): Promise<void> {
  await sql.query(
    `update emails set status = 'superseded' where id in (
       select id from emails where request_id = any ($1::uuid[]) and status in ('pending', 'sending')
       order by id for update)`,
    [requestIds],
  );
}

/** Forgets what the mails of requests said and what servers answered, and the jobs of those that nobody will send. */
export async function eraseMails(sql: Sql, requestIds: string[]): Promise<void> {
  await sql.query(
    'update emails set error = null where request_id = any ($1::uuid[]) and error is not null',
    [requestIds],
  );
  await sql.query(
    'delete from captured_mails where email_id in (select id from emails where request_id = any ($1::uuid[]))',
    [requestIds],
  );
  // Outbox rows come first in the order of locks, so none is waited for: who holds one now finds its mail superseded.
  await sql.query(
    `delete from outbox where id in (
       select o.id from outbox o join emails e on e.id::text = o.payload ->> 'emailId'
       where o.job = 'send-email' and e.request_id = any ($1::uuid[]) and e.status in ('superseded', 'failed')
       for update of o skip locked)`,
    [requestIds],
  );
}

/** Links of these requests and their deals open nothing any more, and a repeated intake finds nothing to repeat. */
export async function eraseAccess(sql: Sql, requestIds: string[]): Promise<void> {
  await sql.query(
    `delete from access_tokens where subject_id = any ($1::uuid[])
       or subject_id in (select id from matches where request_id = any ($1::uuid[]))`,
    [requestIds],
  );
  await sql.query('delete from idempotency_keys where request_id = any ($1::uuid[])', [requestIds]);
}

/**
 * Forgets who reviewed, and what partners noted. The stars stay: they are in the partner's rank, and say nothing of
 * who gave them.
 * @param words whether the words of the review and of the partner's reply to it go, too
 * @returns how many reviews there were
 */
export async function eraseTexts(sql: Sql, requestIds: string[], words: boolean): Promise<number> {
  await sql.query(
    `update deal_events set data = data - 'text'
     where event = 'note' and deal_id in (select id from deals where request_id = any ($1::uuid[]))`,
    [requestIds],
  );
  const reviews = await sql.query(
    `update reviews set author = $2, comment = case when $3 then '' else comment end,
       reply = case when not $3 then reply end, replied_at = case when not $3 then replied_at end,
       hidden_reason = case when hidden_reason is not null then $2 end
     where deal_id in (select id from deals where request_id = any ($1::uuid[])) returning id`,
    [requestIds, ERASED, words],
  );
  return reviews.length;
}

/** Forgets whose these locked requests were, and what they told of the project in words. */
export async function anonymiseRequests(sql: Sql, requestIds: string[]): Promise<void> {
  await sql.query(
    `update requests set client_name = $2, client_email = '', client_phone = null, client_company = null,
       title = $2, description = $2, erased_at = now()
     where id = any ($1::uuid[])`,
    [requestIds, ERASED],
  );
}
