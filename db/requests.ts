import type { Locale, PartnerType, Tier } from '../domain/catalog.ts';
import type { Sql } from './connect.ts';

export type RequestStatus =
  | 'received'
  | 'unmatched'
  | 'routed'
  | 'answered'
  | 'invited'
  | 'chosen'
  | 'completed'
  | 'cancelled';

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
}

/** Writes requests, status `received`. */
export async function insertRequests(sql: Sql, requests: NewRequest[]): Promise<void> {
  const rows = requests.map(({ id, mode, client, project, criteria, partnerId }) => ({
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
  }));
  await sql.query(
    `insert into requests (id, mode, client_name, client_email, client_phone, client_company, locale, title,
       description, budget_amount, budget_currency, deadline, services, country, language, partner_type, tier, partner_id)
     select id, mode, client_name, client_email, client_phone, client_company, locale, title, description,
       budget_amount, budget_currency, deadline, services, country, language, partner_type, tier, partner_id
     from jsonb_to_recordset($1) as r (id uuid, mode text, client_name text, client_email text, client_phone text,
       client_company text, locale text, title text, description text, budget_amount numeric, budget_currency text,
       deadline date, services text[], country text, language text, partner_type text, tier text, partner_id uuid)`,
    [JSON.stringify(rows)],
  );
}

/** What matching needs to know of a request. */
export interface WaitingRequest {
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
}

/** Locks requests in id order until the transaction ends. */
export function lockRequests(sql: Sql, ids: string[]): Promise<WaitingRequest[]> {
  return sql.query<WaitingRequest>(
    `select id, mode, status, services, country, language, partner_type as "partnerType", tier,
       partner_id as "partnerId", window_no as "windowNo"
     from requests where id = any ($1::uuid[]) order by id for no key update`,
    [ids],
  );
}

/** Requests that have their partners: their answer window starts. */
export async function markRouted(sql: Sql, ids: string[], answerWindowMs: number): Promise<void> {
  await sql.query(
    `update requests set status = 'routed', answer_due_at = now() + make_interval(secs => $2::float8 / 1000)
     where id = any ($1::uuid[])`,
    [ids, answerWindowMs],
  );
}

/** Requests for which there is nobody. */
export async function markUnmatched(sql: Sql, ids: string[]): Promise<void> {
  await sql.query(`update requests set status = 'unmatched' where id = any ($1::uuid[])`, [ids]);
}

/** A request as its client sees it. */
export interface RequestView {
  id: string;
  mode: 'automated' | 'manual';
  status: RequestStatus;
  locale: Locale;
  answerDueAt: Date | null;
  createdAt: Date;
}

export async function findRequest(sql: Sql, id: string): Promise<RequestView | undefined> {
  const [request] = await sql.query<RequestView>(
    `select id, mode, status, locale, answer_due_at as "answerDueAt", created_at as "createdAt"
     from requests where id = $1`,
    [id],
  );
  return request;
}
