import type { Sql } from './connect.ts';
import type { Outstanding } from './outbox-sweep.ts';

/** A job that failed for good: its row stands until somebody asks for a retry. */
export interface FailedJob {
  id: string;
  job: string;
  /** Ids only. */
  payload: unknown;
  error: string | null;
  attempts: number;
  failedAt: Date;
  /** `failedAt` to the microsecond, as the order has it. */
  place: string;
}

/** Where a page of failed jobs ended. */
export interface FailedCursor {
  place: string;
  id: string;
}

/** A page of the jobs that failed for good, latest first. */
export function listFailed(
  sql: Sql,
  { after, limit }: { after: FailedCursor | undefined; limit: number },
): Promise<FailedJob[]> {
  return sql.query<FailedJob>(
    `select id, job, payload, error, attempts, failed_at as "failedAt",
       to_char(failed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place
     from outbox
     where failed_at is not null and ($1::timestamptz is null or (failed_at, id) < ($1, $2::uuid))
     order by failed_at desc, id desc limit $3`,
    [after?.place ?? null, after?.id ?? null, limit],
  );
}

/**
 * Makes a failed job due again, with all its attempts before it. The last error stays until the next one.
 * @returns undefined when the row is gone or has not failed
 */
export async function reviveFailed(sql: Sql, id: string): Promise<Outstanding | undefined> {
  const [row] = await sql.query<Outstanding>(
    `update outbox set failed_at = null, attempts = 0, crashes = 0, lease = null, lease_until = null,
       run_at = now(), sweep_at = now() + interval '5 seconds', sweeps = 0
     where id = $1 and failed_at is not null returning id, job, payload, 0 as "delayMs"`,
    [id],
  );
  return row;
}

/** Why a job failed for good; undefined when it did not, or was revived since. */
export async function failureOf(sql: Sql, id: string): Promise<string | undefined> {
  const [row] = await sql.query<{ error: string | null }>(
    'select error from outbox where id = $1 and failed_at is not null',
    [id],
  );
  return row && (row.error ?? '');
}

/** Whether a job is promised and not done yet. */
export async function isPromised(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query('select from outbox where id = $1', [id]);
  return rows.length > 0;
}

/** A request that a job is about. */
export interface JobSubject {
  /** The request's id, or that of its match (which is its deal) or mail. */
  id: string;
  requestId: string;
  title: string;
}

/** The requests that these ids lead to; ids of nothing are left out. */
export function subjectsOf(
  sql: Sql,
  ids: { requestIds: string[]; matchIds: string[]; emailIds: string[] },
): Promise<JobSubject[]> {
  return sql.query<JobSubject>(
    `select named.id, r.id as "requestId", r.title
     from (
       select id, id as request_id from requests where id = any ($1::uuid[])
       union all select id, request_id from matches where id = any ($2::uuid[])
       union all select id, request_id from emails where id = any ($3::uuid[])
     ) as named join requests r on r.id = named.request_id`,
    [ids.requestIds, ids.matchIds, ids.emailIds],
  );
}
