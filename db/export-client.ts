import type { DealKind } from '../domain/deal-life.ts';
import type { Sql } from './connect.ts';
import { isTheirs, requestsOfClient, spellingsOf } from './data-subjects.ts';
import { type MatchView, STATUS } from './matches.ts';
import { findWholeRequest, type WholeRequest } from './requests.ts';

/** A partner that has a client's request: what it got to see, and what came of it. */
export interface AskedPartner {
  requestId: string;
  partner: { slug: string; name: string };
  status: MatchView['status'];
  askedAt: Date;
  answeredAt: Date | null;
  /** null: no deal was opened, so the partner saw nothing. */
  disclosure: { what: string[]; consentVersion: string | null; at: string } | null;
  deal: { stage: DealKind; lostReason: string | null; notes: string[] } | null;
  review: { rating: number; comment: string; author: string; reply: string | null; at: string } | null;
}

/** A moment within JSON as it stands elsewhere in answers. */
const at = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const ASKED = `select m.request_id as "requestId", jsonb_build_object('slug', p.slug, 'name', p.name) as partner,
    ${STATUS} as status, m.created_at as "askedAt", d.answered_at as "answeredAt",
    case when s.match_id is not null then jsonb_build_object('what', s.what, 'consentVersion', s.consent_version,
      'at', ${at('s.at')}) end as disclosure,
    case when d.id is not null then jsonb_build_object('stage', d.kind, 'lostReason', d.lost_reason, 'notes',
      (select coalesce(jsonb_agg(e.data -> 'text' order by e.created_at, e.id), '[]') from deal_events e
       where e.deal_id = d.id and e.event = 'note' and e.data ? 'text')) end as deal,
    case when v.id is not null then jsonb_build_object('rating', v.rating, 'comment', v.comment, 'author', v.author,
      'reply', v.reply, 'at', ${at('v.created_at')}) end as review
  from matches m join requests r on r.id = m.request_id join partners p on p.id = m.partner_id
  left join deals d on d.id = m.id left join disclosures s on s.match_id = m.id
  left join reviews v on v.deal_id = d.id
  where m.request_id = any ($1::uuid[]) order by m.id`;

/** A mail without its words. */
export interface SentMail {
  requestId: string | null;
  template: string;
  to: 'client' | 'partner';
  status: string;
  sentAt: Date | null;
  createdAt: Date;
}

// Far more than anybody has.
const ALL = 10_000;

/** All that is held of a client: its requests, whom they were shown to, and the mails about them. */
export async function exportClient(
  sql: Sql,
  email: string,
): Promise<{ requests: WholeRequest[]; asked: AskedPartner[]; mails: SentMail[] }> {
  const requests: WholeRequest[] = [];
  for (const id of await requestsOfClient(sql, email, ALL)) {
    const request = await findWholeRequest(sql, id);
    if (request) requests.push(request);
  }
  const held = [requests.map(({ id }) => id)];
  return {
    requests,
    asked: await sql.query<AskedPartner>(ASKED, held),
    mails: await sql.query<SentMail>(
      `select request_id as "requestId", template, case when partner_id is null then 'client' else 'partner' end as "to",
         status, sent_at as "sentAt", created_at as "createdAt"
       from emails where request_id = any ($1::uuid[]) order by id`,
      held,
    ),
  };
}

/** A mail that was kept instead of sent, with its words. */
export interface KeptMail {
  template: string;
  subject: string;
  text: string;
  createdAt: Date;
}

/** The mails to an address that were kept instead of sent. */
export function exportCaptured(sql: Sql, email: string): Promise<KeptMail[]> {
  return sql.query<KeptMail>(
    `select template, subject, text, created_at as "createdAt" from captured_mails
     where ${isTheirs('recipient')} order by id`,
    [spellingsOf(email)],
  );
}
