import type { Locale, PartnerType, Tier } from '../domain/catalog.ts';
import type { RequestStatus } from '../domain/request-life.ts';
import type { Sql } from './connect.ts';

/** What a client asks for. */
export interface NewRequest {
  id: string;
  mode: 'automated' | 'manual';
  client: { name: string; email: string; phone: string | null; company: string | null; locale: Locale };
  project: {
    title: string;
    description: string;
    budget: { amount: string; currency: string } | null;
    deadline: string | null;
  };
  criteria: {
    services: string[];
    country: string | null;
    language: string | null;
    partnerType: PartnerType | null;
    tier: Tier | null;
  };
  partnerId: string | null;
  /** Of the words that the client agreed to; absent: nobody wrote down which. */
  consentVersion?: string | null;
}

/** Writes requests, status `received`. */
export async function insertRequests(sql: Sql, requests: NewRequest[]): Promise<void> {
  const rows = requests.map(({ id, mode, client, project, criteria, partnerId, consentVersion }) => ({
    id,
    mode,
    client_name: client.name,
    client_email: client.email,
    client_phone: client.phone,
    client_company: client.company,
    locale: client.locale,
    title: project.title,
    description: project.description,
    budget_amount: project.budget?.amount ?? null,
    budget_currency: project.budget?.currency ?? null,
    deadline: project.deadline,
    services: criteria.services,
    country: criteria.country,
    language: criteria.language,
    partner_type: criteria.partnerType,
    tier: criteria.tier,
    partner_id: partnerId,
    consent_version: consentVersion ?? null,
  }));
  await sql.query(
    `insert into requests (id, mode, client_name, client_email, client_phone, client_company, locale, title,
       description, budget_amount, budget_currency, deadline, services, country, language, partner_type, tier, partner_id,
       consent_version)
     select id, mode, client_name, client_email, client_phone, client_company, locale, title, description,
       budget_amount, budget_currency, deadline, services, country, language, partner_type, tier, partner_id,
       consent_version
     from jsonb_to_recordset($1) as r (id uuid, mode text, client_name text, client_email text, client_phone text,
       client_company text, locale text, title text, description text, budget_amount numeric, budget_currency text,
       deadline date, services text[], country text, language text, partner_type text, tier text, partner_id uuid,
       consent_version text)`,
    [JSON.stringify(rows)],
  );
}

/** What decides over a request. */
export interface LockedRequest {
  id: string;
  mode: 'automated' | 'manual';
  status: RequestStatus;
  services: string[];
  country: string | null;
  language: string | null;
  partnerType: PartnerType | null;
  tier: Tier | null;
  partnerId: string | null;
  windowNo: number;
  chosenMatchId: string | null;
  replacements: number;
  /** The client has been invited to choose another partner before. */
  invited: boolean;
}

/** Locks requests in id order until the transaction ends. */
export function lockRequests(sql: Sql, ids: string[]): Promise<LockedRequest[]> {
  return sql.query<LockedRequest>(
    `select id, mode, status, services, country, language, partner_type as "partnerType", tier,
       partner_id as "partnerId", window_no as "windowNo", chosen_match_id as "chosenMatchId", replacements,
       invited_at is not null as invited
     from requests where id = any ($1::uuid[]) order by id for no key update`,
    [ids],
  );
}

/** Locks one request, or gives undefined when there is none. */
export async function lockRequest(sql: Sql, id: string): Promise<LockedRequest | undefined> {
  const [request] = await lockRequests(sql, [id]);
  return request;
}

export async function markInvited(sql: Sql, id: string): Promise<void> {
  await sql.query('update requests set invited_at = coalesce(invited_at, now()) where id = $1', [id]);
}

export async function setStatus(sql: Sql, ids: string[], status: RequestStatus): Promise<void> {
  await sql.query('update requests set status = $2 where id = any ($1::uuid[])', [ids, status]);
}

/** The answer window starts now. */
export async function startWindow(sql: Sql, ids: string[], answerWindowMs: number): Promise<void> {
  await sql.query(
    `update requests set answer_due_at = now() + make_interval(secs => $2::float8 / 1000) where id = any ($1::uuid[])`,
    [ids, answerWindowMs],
  );
}

/** Milliseconds until each request's answer window ends, by Postgres's clock; 0 or less when it has. */
export async function timeLeft(sql: Sql, ids: string[]): Promise<Map<string, number>> {
  const rows = await sql.query<{ id: string; ms: number }>(
    `select id, (extract(epoch from answer_due_at - now()) * 1000)::float8 as ms
     from requests where id = any ($1::uuid[]) and answer_due_at is not null`,
    [ids],
  );
  return new Map(rows.map(({ id, ms }) => [id, ms]));
}

/** From here on the request's mails are those of another window. */
export async function nextWindow(sql: Sql, id: string): Promise<number> {
  const [row] = await sql.query<{ no: number }>(
    'update requests set window_no = window_no + 1 where id = $1 returning window_no as no',
    [id],
  );
  return row?.no ?? 0;
}

export type Criteria = NewRequest['criteria'];

export async function setCriteria(sql: Sql, id: string, criteria: Criteria): Promise<void> {
  const { services, country, language, partnerType, tier } = criteria;
  await sql.query(
    'update requests set services = $2, country = $3, language = $4, partner_type = $5, tier = $6 where id = $1',
    [id, services, country, language, partnerType, tier],
  );
}

export async function setChosen(sql: Sql, id: string, matchId: string | null): Promise<void> {
  await sql.query('update requests set chosen_match_id = $2 where id = $1', [id, matchId]);
}

/** A request with all that is known of it but what came of it. */
export interface WholeRequest extends NewRequest {
  /** `emailVerified`: the client has acted with a link that was mailed to this address. */
  client: NewRequest['client'] & { emailVerified: boolean };
  status: RequestStatus;
  answerWindow: { no: number; dueAt: Date | null };
  replacements: number;
  chosenMatchId: string | null;
  consentedAt: Date;
  consentVersion: string | null;
  /** Since then nothing says whose it was. */
  erasedAt: Date | null;
  createdAt: Date;
}

export async function findWholeRequest(sql: Sql, id: string): Promise<WholeRequest | undefined> {
  const [row] = await sql.query<WholeRequest & { windowNo: number; answerDueAt: Date | null }>(
    `select id, mode, status,
       jsonb_build_object('name', client_name, 'email', client_email, 'emailVerified', email_verified_at is not null,
         'phone', client_phone, 'company', client_company, 'locale', locale) as client,
       jsonb_build_object('title', title, 'description', description, 'deadline', deadline,
         'budget', case when budget_amount is not null then
           jsonb_build_object('amount', budget_amount::text, 'currency', budget_currency) end) as project,
       jsonb_build_object('services', services, 'country', country, 'language', language,
         'partnerType', partner_type, 'tier', tier) as criteria,
       partner_id as "partnerId", window_no as "windowNo", answer_due_at as "answerDueAt", replacements,
       chosen_match_id as "chosenMatchId", consented_at as "consentedAt", consent_version as "consentVersion",
       erased_at as "erasedAt", created_at as "createdAt"
     from requests where id = $1`,
    [id],
  );
  if (!row) return undefined;
  const { windowNo, answerDueAt, ...request } = row;
  return { ...request, answerWindow: { no: windowNo, dueAt: answerDueAt } };
}
