import type { DealKind } from '../domain/deal-life.ts';
import type { Weighted } from '../domain/matching.ts';
import type { Reason } from '../domain/reasons.ts';
import type { PartnerName } from './admin-partners.ts';
import type { Sql } from './connect.ts';

/** A draw as it was recorded. */
export interface RecordedDraw {
  no: number;
  policy: string;
  policyVersion: number;
  seed: string;
  eligible: number;
  /** There may be more: nobody counted to the end. */
  eligibleOrMore: boolean;
  candidates: Weighted[];
  picked: string[];
  createdAt: Date;
}

/** The draws of a request, first to last. */
export function drawsOf(sql: Sql, requestId: string): Promise<RecordedDraw[]> {
  return sql.query<RecordedDraw>(
    `select no, policy, policy_version as "policyVersion", seed, eligible,
       eligible_or_more as "eligibleOrMore", candidates, picked, created_at as "createdAt"
     from draws where request_id = $1 order by no`,
    [requestId],
  );
}

/** A match with its deal, as they stand. */
export interface MatchStory {
  id: string;
  partner: PartnerName;
  /** null: the client chose the partner. */
  drawNo: number | null;
  reasons: Reason[];
  droppedAt: Date | null;
  refilledAt: Date | null;
  createdAt: Date;
  kind: DealKind | null;
  stage: { id: string; name: string };
  pipeline: { id: string; name: string };
  version: number;
  lostReason: string | null;
  answeredAt: Date | null;
  movedAt: Date;
  openedAt: Date;
  review: { id: string; rating: number; hidden: boolean } | null;
}

/** The matches of a request in the order they were made; `kind` is null for one without a deal. */
export function matchStories(sql: Sql, requestId: string): Promise<MatchStory[]> {
  return sql.query<MatchStory>(
    `select m.id, jsonb_build_object('id', p.id, 'slug', p.slug, 'name', p.name) as partner,
       m.draw_no as "drawNo", m.reasons, m.dropped_at as "droppedAt", m.refilled_at as "refilledAt",
       m.created_at as "createdAt", d.kind, jsonb_build_object('id', s.id, 'name', s.name) as stage,
       jsonb_build_object('id', l.id, 'name', l.name) as pipeline, d.version, d.lost_reason as "lostReason",
       d.answered_at as "answeredAt", d.moved_at as "movedAt", d.created_at as "openedAt",
       (select jsonb_build_object('id', v.id, 'rating', v.rating, 'hidden', v.hidden_at is not null)
        from reviews v where v.deal_id = d.id) as review
     from matches m join partners p on p.id = m.partner_id left join deals d on d.id = m.id
     left join stages s on s.id = d.stage_id left join pipelines l on l.id = d.pipeline_id
     where m.request_id = $1 order by m.id`,
    [requestId],
  );
}

/** What a partner got to see of a request's client. */
export interface Disclosure {
  /** The match, which is the deal. */
  matchId: string;
  partner: PartnerName;
  what: ('name' | 'email' | 'phone' | 'company' | 'project')[];
  /** Of the words that the client had agreed to; null: from before versions were written down. */
  consentVersion: string | null;
  at: Date;
}

/** Every disclosure of a request's client, first to last. */
export function disclosuresOf(sql: Sql, requestId: string): Promise<Disclosure[]> {
  return sql.query<Disclosure>(
    `select s.match_id as "matchId", jsonb_build_object('id', p.id, 'slug', p.slug, 'name', p.name) as partner,
       s.what, s.consent_version as "consentVersion", s.at
     from disclosures s join partners p on p.id = s.partner_id
     where s.request_id = $1 order by s.at, s.match_id`,
    [requestId],
  );
}

export interface DealLine {
  dealId: string;
  actor: string;
  event: string;
  data: Record<string, unknown>;
  at: Date;
}

/** What happened to all deals of a request, oldest first. */
export function timelinesOf(sql: Sql, requestId: string): Promise<DealLine[]> {
  return sql.query<DealLine>(
    `select e.deal_id as "dealId", e.actor, e.event, e.data, e.created_at as at
     from deal_events e join deals d on d.id = e.deal_id where d.request_id = $1 order by e.created_at, e.id`,
    [requestId],
  );
}

/** A mail, without its words. */
export interface MailRecord {
  id: string;
  template: string;
  purpose: string;
  windowNo: number;
  /** null: the client. */
  partner: PartnerName | null;
  status: string;
  attempts: number;
  uncertain: boolean;
  error: string | null;
  sentAt: Date | null;
  createdAt: Date;
}

/** The mails of a request in the order they were promised. */
export function mailRecords(sql: Sql, requestId: string): Promise<MailRecord[]> {
  return sql.query<MailRecord>(
    `select e.id, e.template, e.purpose, e.window_no as "windowNo",
       case when p.id is not null then
         jsonb_build_object('id', p.id, 'slug', p.slug, 'name', p.name) end as partner,
       e.status, e.attempts, e.uncertain, e.error, e.sent_at as "sentAt", e.created_at as "createdAt"
     from emails e left join partners p on p.id = e.partner_id where e.request_id = $1 order by e.id`,
    [requestId],
  );
}

export interface WaitingJob {
  id: string;
  job: string;
  runAt: Date;
  attempts: number;
  failedAt: Date | null;
  error: string | null;
}

/** Jobs that name the request, one of its matches (which are its deals) or mails in their payload. */
export function jobsAbout(
  sql: Sql,
  ids: { requestId: string; matchIds: string[]; emailIds: string[] },
): Promise<WaitingJob[]> {
  return sql.query<WaitingJob>(
    `select id, job, run_at as "runAt", attempts, failed_at as "failedAt", error from outbox
     where payload ->> 'requestId' = $1 or payload ->> 'matchId' = any ($2) or payload ->> 'dealId' = any ($2)
       or payload ->> 'emailId' = any ($3)
     order by run_at, id`,
    [ids.requestId, ids.matchIds, ids.emailIds],
  );
}
