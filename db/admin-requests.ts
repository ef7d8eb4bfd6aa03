import type { RequestStatus } from '../domain/request-life.ts';
import type { Sql } from './connect.ts';
import type { NewRequest } from './requests.ts';

/** A request in the administrators' list. */
export interface ListedRequest {
  id: string;
  mode: 'automated' | 'manual';
  status: RequestStatus;
  title: string;
  client: { name: string; email: string };
  matches: number;
  answerDueAt: Date | null;
  createdAt: Date;
}

/** A page of requests, newest first. `q` is the client's whole e-mail address, or part of the title. */
export function listRequests(
  sql: Sql,
  filter: { q: string | undefined; status: string | undefined },
  page: { before: string | undefined; limit: number },
): Promise<ListedRequest[]> {
  return sql.query<ListedRequest>(
    `select r.id, r.mode, r.status, r.title, r.answer_due_at as "answerDueAt", r.created_at as "createdAt",
       jsonb_build_object('name', r.client_name, 'email', r.client_email) as client,
       (select count(*)::int from matches m where m.request_id = r.id) as matches
     from requests r
     where ($1::text is null or lower(r.client_email) = lower($1) or strpos(lower(r.title), lower($1)) > 0)
       and ($2::text is null or r.status = $2) and ($3::uuid is null or r.id < $3)
     order by r.id desc limit $4`,
    [filter.q ?? null, filter.status ?? null, page.before ?? null, page.limit],
  );
}

/** A request with all that is known of it but what came of it. */
export interface WholeRequest extends NewRequest {
  status: RequestStatus;
  answerWindow: { no: number; dueAt: Date | null };
  replacements: number;
  chosenMatchId: string | null;
  consentedAt: Date;
  createdAt: Date;
}

export async function findWholeRequest(sql: Sql, id: string): Promise<WholeRequest | undefined> {
  const [row] = await sql.query<WholeRequest & { windowNo: number; answerDueAt: Date | null }>(
    `select id, mode, status,
       jsonb_build_object('name', client_name, 'email', client_email, 'phone', client_phone,
         'company', client_company, 'locale', locale) as client,
       jsonb_build_object('title', title, 'description', description, 'deadline', deadline,
         'budget', case when budget_amount is not null then
           jsonb_build_object('amount', budget_amount::text, 'currency', budget_currency) end) as project,
       jsonb_build_object('services', services, 'country', country, 'language', language,
         'partnerType', partner_type, 'tier', tier) as criteria,
       partner_id as "partnerId", window_no as "windowNo", answer_due_at as "answerDueAt", replacements,
       chosen_match_id as "chosenMatchId", consented_at as "consentedAt", created_at as "createdAt"
     from requests where id = $1`,
    [id],
  );
  if (!row) return undefined;
  const { windowNo, answerDueAt, ...request } = row;
  return { ...request, answerWindow: { no: windowNo, dueAt: answerDueAt } };
}
