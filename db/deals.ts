import type { Locale } from '../domain/catalog.ts';
import type { DealKind } from '../domain/deal-life.ts';
import type { RequestStatus } from '../domain/request-life.ts';
import type { Sql } from './connect.ts';

/** A match that is to be opened as a deal. */
export interface UnopenedMatch {
  id: string;
  requestId: string;
  requestStatus: RequestStatus;
  windowNo: number;
  partnerId: string;
  partnerLocale: Locale;
  /** The partner wants a mail about it. */
  notify: boolean;
  /** Of the words that the client agreed to. */
  consentVersion: string | null;
  hasPhone: boolean;
  hasCompany: boolean;
}

/**
 * The matches that are to have a deal and have none yet. Their requests cannot change while this
 * transaction lasts: the share lock keeps choice, answer and cancel waiting, but not other deals of the
 * same request. What the matches are is read after the lock is had, in a statement of its own: whoever had
 * the request before may have closed them.
 */
export async function lockUnopened(sql: Sql, matchIds: string[]): Promise<UnopenedMatch[]> {
  await sql.query(
    `select from requests where id in (select request_id from matches where id = any ($1::uuid[]))
     order by id for share`,
    [matchIds],
  );
  return sql.query<UnopenedMatch>(
    `select m.id, m.request_id as "requestId", r.status as "requestStatus", r.window_no as "windowNo",
       m.partner_id as "partnerId", p.locale as "partnerLocale", p.notify_lead_new as notify,
       r.consent_version as "consentVersion", r.client_phone is not null as "hasPhone",
       r.client_company is not null as "hasCompany"
     from matches m join requests r on r.id = m.request_id join partners p on p.id = m.partner_id
     where m.id = any ($1::uuid[]) and m.dropped_at is null
       and not exists (select from deals d where d.id = m.id)
     order by r.id, m.id`,
    [matchIds],
  );
}

/** Open deals of a request that nobody has moved, of partners who want to be nudged. */
export function silentPartners(sql: Sql, requestId: string): Promise<{ id: string; partnerId: string }[]> {
  return sql.query(
    `select d.id, d.partner_id as "partnerId" from deals d join partners p on p.id = d.partner_id
     where d.request_id = $1 and d.kind = 'new' and p.notify_lead_nudge order by d.id`,
    [requestId],
  );
}

/** Those of the deals that are won and whose clients are known; their requests stay as they are while this lasts. */
export function wonDeals(sql: Sql, ids: string[]): Promise<{ id: string; requestId: string }[]> {
  return sql.query(
    `select d.id, d.request_id as "requestId" from deals d join requests r on r.id = d.request_id
     where d.id = any ($1::uuid[]) and d.kind = 'won' and r.erased_at is null order by r.id, d.id for share of r`,
    [ids],
  );
}

/** Where a new deal stands, and what its partner gets to see by it. */
export interface Opening
  extends Pick<UnopenedMatch, 'requestId' | 'partnerId' | 'consentVersion' | 'hasPhone' | 'hasCompany'> {
  matchId: string;
  pipelineId: string;
  stageId: string;
}

/** Opens deals in their first stage, and notes what each partner gets to see of the client by it. */
export async function insertDeals(sql: Sql, openings: Opening[]): Promise<void> {
  await sql.query(
    `with openings as (
       select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::bool[], $8::bool[])
         as o (id, request_id, partner_id, pipeline_id, stage_id, consent_version, has_phone, has_company)),
     opened as (
       insert into deals (id, request_id, partner_id, pipeline_id, stage_id, kind)
       select id, request_id, partner_id, pipeline_id, stage_id, 'new' from openings)
     insert into disclosures (match_id, request_id, partner_id, what, consent_version)
     select id, request_id, partner_id, array_remove(array['name', 'email', case when has_phone then 'phone' end,
       case when has_company then 'company' end, 'project'], null), consent_version
     from openings`,
    [
      openings.map((opening) => opening.matchId),
      openings.map((opening) => opening.requestId),
      openings.map((opening) => opening.partnerId),
      openings.map((opening) => opening.pipelineId),
      openings.map((opening) => opening.stageId),
      openings.map((opening) => opening.consentVersion),
      openings.map((opening) => opening.hasPhone),
      openings.map((opening) => opening.hasCompany),
    ],
  );
}

/** A deal as its partner sees it. */
export interface DealView {
  id: string;
  requestId: string;
  version: number;
  stage: { id: string; name: string; kind: DealKind };
  pipeline: { id: string; name: string };
  project: {
    title: string;
    description: string;
    budget: { amount: string; currency: string } | null;
    deadline: string | null;
  };
  client: {
    name: string;
    email: string;
    /** The client has acted with a link that was mailed to this address. */
    emailVerified: boolean;
    phone: string | null;
    company: string | null;
    locale: Locale;
  };
  criteria: { services: string[]; country: string | null; language: string | null };
  lostReason: string | null;
  answeredAt: Date | null;
  createdAt: Date;
}

const DEAL = `select d.id, d.request_id as "requestId", d.version,
    jsonb_build_object('id', s.id, 'name', s.name, 'kind', s.kind) as stage,
    jsonb_build_object('id', l.id, 'name', l.name) as pipeline,
    jsonb_build_object('title', r.title, 'description', r.description, 'deadline', r.deadline,
      'budget', case when r.budget_amount is not null then
        jsonb_build_object('amount', r.budget_amount::text, 'currency', r.budget_currency) end) as project,
    jsonb_build_object('name', r.client_name, 'email', r.client_email,
      'emailVerified', r.email_verified_at is not null, 'phone', r.client_phone, 'company', r.client_company,
      'locale', r.locale) as client,
    jsonb_build_object('services', r.services, 'country', r.country, 'language', r.language) as criteria,
    d.lost_reason as "lostReason", d.answered_at as "answeredAt", d.created_at as "createdAt"
  from deals d join stages s on s.id = d.stage_id join pipelines l on l.id = d.pipeline_id
  join requests r on r.id = d.request_id`;

/** One deal of a partner, or undefined when it is another's or nobody's. */
export async function findDeal(sql: Sql, partnerId: string, id: string): Promise<DealView | undefined> {
  const [deal] = await sql.query<DealView>(`${DEAL} where d.id = $1 and d.partner_id = $2`, [id, partnerId]);
  return deal;
}

/** A page of a partner's deals, newest first. */
export function listDeals(
  sql: Sql,
  filter: {
    partnerId: string;
    kind?: string | undefined;
    pipelineId?: string | undefined;
    stageId?: string | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<DealView[]> {
  return sql.query<DealView>(
    `${DEAL} where d.partner_id = $1 and ($2::text is null or d.kind = $2)
       and ($3::uuid is null or d.pipeline_id = $3) and ($4::uuid is null or d.id < $4)
       and ($6::uuid is null or d.stage_id = $6)
     order by d.id desc limit $5`,
    [
      filter.partnerId,
      filter.kind ?? null,
      filter.pipelineId ?? null,
      filter.before ?? null,
      filter.limit,
      filter.stageId ?? null,
    ],
  );
}
