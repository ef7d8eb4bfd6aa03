import type { RequestStatus } from '../domain/request-life.ts';
import type { Sql } from './connect.ts';

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

/** Statuses are counted among so many of the newest requests: there is no index on them, and none is wanted. */
export const STATUS_COUNTED = 10_000;

/** How many of the newest `STATUS_COUNTED` requests stand where; a status that none has is left out. */
export async function countStatuses(sql: Sql): Promise<Map<RequestStatus, number>> {
  const rows = await sql.query<{ status: RequestStatus; n: number }>(
    `select status, count(*)::int as n
     from (select status from requests order by id desc limit ${STATUS_COUNTED}) as newest group by status`,
  );
  return new Map(rows.map(({ status, n }) => [status, n]));
}
