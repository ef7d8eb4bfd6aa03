import type { Sql } from './connect.ts';
import { isTheirs, spellingsOf } from './data-subjects.ts';

/** How much is held under an address. */
export interface Held {
  /** As a client. */
  requests: number;
  /** Requests that can still be cancelled. */
  running: number;
  reviews: number;
  partners: number;
  openDeals: number;
  administrators: number;
  /** Mails that were kept instead of sent. */
  capturedMails: number;
}

/** Counts what is held under an address; case does not count. */
export async function heldUnder(sql: Sql, email: string): Promise<Held> {
  const [held] = await sql.query<Held>(
    `with requests as (
       select id, status from requests where ${isTheirs('client_email')} and erased_at is null),
     partners as (select id from partners where ${isTheirs('email')})
     select (select count(*)::int from requests) as requests,
       (select count(*)::int from requests where status not in ('completed', 'cancelled')) as running,
       (select count(*)::int from reviews v join deals d on d.id = v.deal_id
        where d.request_id in (select id from requests)) as reviews,
       (select count(*)::int from partners) as partners,
       (select count(*)::int from deals where partner_id in (select id from partners)
        and kind in ('new', 'in_progress')) as "openDeals",
       (select count(*)::int from admins where ${isTheirs('email')}) as administrators,
       (select count(*)::int from captured_mails where ${isTheirs('recipient')}) as "capturedMails"`,
    [spellingsOf(email)],
  );
  if (!held) throw new Error('counting gave no row');
  return held;
}
