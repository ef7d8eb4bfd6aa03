import type { Sql } from './connect.ts';
import { ERASED } from './erased.ts';

/** A match that a partner has live: with a deal that is open, or still without a deal. */
export interface LiveMatch {
  id: string;
  requestId: string;
}

/** Some of a partner's live matches, oldest first. */
export function liveMatchesOf(sql: Sql, partnerId: string, limit: number): Promise<LiveMatch[]> {
  return sql.query<LiveMatch>(
    `select m.id, m.request_id as "requestId"
     from matches m left join deals d on d.id = m.id
     where m.partner_id = $1 and m.dropped_at is null and coalesce(d.kind, 'new') in ('new', 'in_progress')
     order by m.id limit $2`,
    [partnerId, limit],
  );
}

/** Closes a match without a deal, unless it was closed or opened meanwhile. @returns whether it did */
export async function dropMatch(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query(
    `update matches m set dropped_at = now() where id = $1 and dropped_at is null
       and not exists (select from deals d where d.id = m.id) returning id`,
    [id],
  );
  return rows.length > 0;
}

/**
 * The partner is in nobody's catalog any more, and once this has committed it gets no match: whoever makes one locks
 * the partner first, and looks.
 */
export async function takeDown(sql: Sql, partnerId: string): Promise<void> {
  await sql.query(
    `update partners set listed = false, accepting = false, erased_at = coalesce(erased_at, now()) where id = $1`,
    [partnerId],
  );
}

/** Ends all that a partner signs in with. */
export async function endAccess(sql: Sql, partnerId: string): Promise<void> {
  await sql.query('delete from access_tokens where subject_id = $1', [partnerId]);
  await sql.query('delete from sessions where partner_id = $1', [partnerId]);
  await sql.query('delete from api_keys where partner_id = $1', [partnerId]);
}

/** Forgets who a locked partner was. What it did stays in figures; its reviews' stars and words are its clients'. */
export async function anonymisePartner(sql: Sql, partnerId: string): Promise<void> {
  await sql.query(
    `update partners set slug = 'erased-' || id, title = $2, name = $2, about = '', email = '', search_text = ''
     where id = $1`,
    [partnerId, ERASED],
  );
  await sql.query('update reviews set reply = null, replied_at = null where partner_id = $1', [partnerId]);
  await sql.query('update pipelines set name = $2 where partner_id = $1', [partnerId, ERASED]);
  await sql.query(
    'update stages set name = $2 where pipeline_id in (select id from pipelines where partner_id = $1)',
    [partnerId, ERASED],
  );
  await sql.query(
    `update deal_events set data = data - 'text' - 'stage'
     where event in ('note', 'moved', 'reopened') and deal_id in (select id from deals where partner_id = $1)`,
    [partnerId],
  );
}

/** Takes back what is not yet sent to a locked partner, and forgets what was, with mails that name it to clients. */
export async function erasePartnerMails(sql: Sql, partnerId: string): Promise<void> {
  const about = 'select request_id from matches where partner_id = $1';
  const own = `partner_id = $1 and (request_id is null or request_id in (${about}))`;
  await sql.query(
    `update emails set status = case when status in ('pending', 'sending') then 'superseded' else status end,
       error = null
     where id in (select id from emails where ${own} and (status in ('pending', 'sending') or error is not null)
       order by id for update)`,
    [partnerId],
  );
  await sql.query(
    `delete from captured_mails where email_id in (
       select id from emails where request_id in (${about}) or (request_id is null and partner_id = $1))`,
    [partnerId],
  );
}
