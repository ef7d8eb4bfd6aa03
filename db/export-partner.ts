import type { DealKind } from '../domain/deal-life.ts';
import type { Sql } from './connect.ts';
import { isTheirs, spellingsOf } from './data-subjects.ts';
import { type ApiKeyView, listApiKeys } from './own-api-keys.ts';
import { ownSessions, type SessionView } from './own-sessions.ts';
import { findProfile, type Profile } from './profiles.ts';

/** A deal of a partner without what it holds of its client: that is the client's. */
export interface ExportedDeal {
  id: string;
  stage: string;
  kind: DealKind;
  lostReason: string | null;
  notes: string[];
  answeredAt: Date | null;
  createdAt: Date;
}

/** A review of a partner, with its reply. */
export interface ExportedReview {
  rating: number;
  comment: string;
  reply: string | null;
  hiddenReason: string | null;
  createdAt: Date;
}

export interface ExportedMail {
  template: string;
  status: string;
  sentAt: Date | null;
  createdAt: Date;
}

/** All that is held of a partner. */
export interface ExportedPartner {
  profile: Profile;
  deals: ExportedDeal[];
  reviews: ExportedReview[];
  pipelines: { name: string; stages: string[] }[];
  sessions: SessionView[];
  apiKeys: ApiKeyView[];
  mails: ExportedMail[];
}

// Far more than anybody has.
const ALL = 10_000;

/** Undefined when there is no such partner. */
export async function exportPartner(sql: Sql, id: string): Promise<ExportedPartner | undefined> {
  const profile = await findProfile(sql, id);
  if (!profile) return undefined;
  const rows = <Row>(text: string) => sql.query<Row>(text, [id]);
  return {
    profile,
    deals: await rows<ExportedDeal>(
      `select d.id, s.name as stage, d.kind, d.lost_reason as "lostReason", d.answered_at as "answeredAt",
         d.created_at as "createdAt",
         array(select e.data ->> 'text' from deal_events e where e.deal_id = d.id and e.event = 'note'
           and e.data ? 'text' order by e.created_at, e.id) as notes
       from deals d join stages s on s.id = d.stage_id where d.partner_id = $1 order by d.id`,
    ),
    reviews: await rows<ExportedReview>(
      `select rating, comment, reply, hidden_reason as "hiddenReason", created_at as "createdAt"
       from reviews where partner_id = $1 order by id`,
    ),
    pipelines: await rows<{ name: string; stages: string[] }>(
      `select l.name, array(select s.name from stages s where s.pipeline_id = l.id order by s.position) as stages
       from pipelines l where l.partner_id = $1 order by l.position`,
    ),
    sessions: await ownSessions(sql, id, ALL),
    apiKeys: await listApiKeys(sql, id, ALL),
    mails: await rows<ExportedMail>(
      `select template, status, sent_at as "sentAt", created_at as "createdAt" from emails
       where partner_id = $1 and (request_id is null or request_id in (
         select request_id from matches where partner_id = $1)) order by id`,
    ),
  };
}

/** All that is held of an administrator. */
export interface ExportedAdmin {
  name: string;
  email: string;
  locale: string;
  createdAt: Date;
  sessions: SessionView[];
}

/** The administrator with this address, if there is one. */
export async function exportAdmin(sql: Sql, email: string): Promise<ExportedAdmin | null> {
  const [admin] = await sql.query<Omit<ExportedAdmin, 'sessions'> & { id: string }>(
    `select id, name, email, locale, created_at as "createdAt" from admins where ${isTheirs('email')}`,
    [spellingsOf(email)],
  );
  if (!admin) return null;
  const { id, ...account } = admin;
  return { ...account, sessions: await ownSessions(sql, id, ALL) };
}
