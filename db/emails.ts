import type { Sql } from './connect.ts';

/** The mails that exist, by what they are for. */
export type Template =
  | 'request-routed'
  | 'request-unmatched'
  | 'lead-new'
  | 'lead-nudge'
  | 'lead-closed'
  | 'invitation'
  | 'feedback-request'
  | 'sign-in';

/** A mail that is to be sent: at most one per request, purpose, window and recipient. */
export interface NewEmail {
  id: string;
  template: Template;
  /** What it is for, where a template serves several purposes; else the template. */
  purpose?: string;
  /** null: it is about no request. */
  requestId: string | null;
  /** null: to the client, or to `adminId`. */
  partnerId: string | null;
  adminId?: string;
  matchId: string | null;
  windowNo: number;
}

/** Writes the mails that do not exist yet, and says which those are. */
export async function insertEmails(sql: Sql, emails: NewEmail[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `insert into emails (id, template, request_id, partner_id, match_id, window_no, purpose, admin_id)
     select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::text[], $8::uuid[])
     on conflict (request_id, purpose, window_no, partner_id) do nothing returning id`,
    [
      emails.map((email) => email.id),
      emails.map((email) => email.template),
      emails.map((email) => email.requestId),
      emails.map((email) => email.partnerId),
      emails.map((email) => email.matchId),
      emails.map((email) => email.windowNo),
      emails.map((email) => email.purpose ?? email.template),
      emails.map((email) => email.adminId ?? null),
    ],
  );
  return rows.map((row) => row.id);
}

/** A mail that this transaction has claimed. */
export interface ClaimedEmail {
  id: string;
  template: Template;
  requestId: string | null;
  partnerId: string | null;
  matchId: string | null;
  attempts: number;
  /** An earlier attempt may have reached the server: this one goes out under the same Message-ID. */
  uncertain: boolean;
}

/** What need not be sent any more once somebody answered, or the client acted. */
const OUTDATED: Template[] = ['invitation', 'lead-nudge'];

/**
 * Claims those of the mails that are still to be sent. One that is `sending` already was claimed by
 * somebody who died before writing down how it went. Invitations and nudges that an answer, a choice or a
 * cancel has overtaken are superseded instead; the share lock on their requests keeps those waiting until
 * this transaction ends. Nothing is sent to who was erased, or about.
 */
export async function claimEmails(sql: Sql, ids: string[]): Promise<ClaimedEmail[]> {
  await sql.query(
    `select from requests where id in (
       select request_id from emails where id = any ($1::uuid[]) and template = any ($2))
     order by id for share`,
    [ids, OUTDATED],
  );
  await sql.query(
    `update emails e set status = 'superseded'
     where e.id = any ($1::uuid[]) and e.status in ('pending', 'sending', 'failed') and (
       exists (select from requests r where r.id = e.request_id and case e.template
         when 'invitation' then r.status <> 'invited' or r.window_no <> e.window_no
         when 'lead-nudge' then r.status <> 'routed' or r.window_no <> e.window_no
           or not exists (select from deals d where d.id = e.match_id and d.kind = 'new')
         -- that a deal was closed by erasing its client is told
         when 'lead-closed' then false
         else r.erased_at is not null end)
       or exists (select from partners p where p.id = e.partner_id and p.erased_at is not null))`,
    [ids],
  );
  return sql.query<ClaimedEmail>(
    `update emails set status = 'sending', attempts = attempts + 1, uncertain = uncertain or status = 'sending'
     where id in (select id from emails where id = any ($1::uuid[]) and status in ('pending', 'sending', 'failed')
       order by id for update)
     returning id, template, request_id as "requestId", partner_id as "partnerId", match_id as "matchId",
       attempts, uncertain`,
    [ids],
  );
}

/** How an attempt ended. */
export interface EmailEnding {
  id: string;
  status: 'sent' | 'pending' | 'failed';
  uncertain: boolean;
  error: string | null;
}

/** Writes down how attempts ended, in id order; of mails that were taken back while they were sent, nothing. */
export async function settleEmails(sql: Sql, endings: EmailEnding[]): Promise<void> {
  await sql.query(
    `with locked as (select id from emails where id = any ($1::uuid[]) order by id for no key update)
     update emails e set status = x.status, uncertain = e.uncertain or x.uncertain, error = x.error,
       sent_at = case when x.status = 'sent' then now() end
     from locked, unnest($1::uuid[], $2::text[], $3::bool[], $4::text[]) as x (id, status, uncertain, error)
     where e.id = locked.id and e.id = x.id and e.status = 'sending'`,
    [
      endings.map((ending) => ending.id),
      endings.map((ending) => ending.status),
      endings.map((ending) => ending.uncertain),
      endings.map((ending) => ending.error),
    ],
  );
}

/** Takes back the invitations and nudges of a request that nobody has begun to send. */
export async function supersedeMails(sql: Sql, requestId: string): Promise<void> {
  await sql.query(
    `update emails set status = 'superseded' where id in (
       select id from emails where request_id = $1 and template = any ($2) and status = 'pending'
       order by id for update)`,
    [requestId, OUTDATED],
  );
}
