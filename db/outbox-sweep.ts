import type { Sql } from './connect.ts';
import type { OutboxRow } from './outbox.ts';

/** A promise that is not kept yet; `delayMs` until its time, 0 when it is due. */
export interface Outstanding extends OutboxRow {
  delayMs: number;
}

const DELAY_MS = 'greatest(0, ceil(extract(epoch from run_at - now()) * 1000))::float8 as "delayMs"';

/**
 * Rows that should have been done by now, longest waiting first, each looked at ever more rarely:
 * 5 s after its time, then after 10, 20, 40 ... s more, at least every 10 minutes for ever.
 */
export function takeOverdue(sql: Sql, limit: number): Promise<Outstanding[]> {
  return sql.query<Outstanding>(
    `update outbox set sweeps = sweeps + 1,
       sweep_at = now() + least(interval '10 minutes', interval '10 seconds' * power(2, least(sweeps, 6)))
     where id in (
       select id from outbox where failed_at is null and sweep_at <= now()
       order by sweep_at limit $1 for update skip locked)
     returning id, job, payload, ${DELAY_MS}`,
    [limit],
  );
}

/** Takes back that these rows were looked at: the next look is due in a few seconds. */
export async function sweepSoon(sql: Sql, ids: string[]): Promise<void> {
  await sql.query(
    `update outbox set sweeps = greatest(0, sweeps - 1), sweep_at = now() + interval '5 seconds'
     where id in (select id from outbox where id = any ($1::uuid[]) order by id for update skip locked)`,
    [ids],
  );
}

/**
 * One page, by id, of what is outstanding of some jobs: rows whose time has come, or those that wait
 * for theirs. For filling emptied queues.
 */
export function outstandingPage(
  sql: Sql,
  page: { jobs: string[]; due: boolean; after: string | undefined; limit: number },
): Promise<Outstanding[]> {
  return sql.query<Outstanding>(
    `select id, job, payload, ${DELAY_MS} from outbox
     where job = any ($1) and (run_at <= now()) = $2 and failed_at is null and id > $3
     order by id limit $4`,
    [page.jobs, page.due, page.after ?? '00000000-0000-0000-0000-000000000000', page.limit],
  );
}

/**
 * Promises the next period of each recurring job, once: the key names job and period. The row of the
 * period that comes is written while the present one lasts, so it can be done and deleted without
 * being promised again.
 * @returns the rows that were new
 */
export function promiseRecurring(
  sql: Sql,
  jobs: { id: string; job: string; payload: unknown; everyMs: number }[],
): Promise<Outstanding[]> {
  return sql.query<Outstanding>(
    `insert into outbox (id, job, payload, key, run_at, sweep_at)
     select id, job, payload, job || '@' || to_char(next at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       next, next + interval '5 seconds'
     from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::float8[]) as recurring (id, job, payload, every_ms),
       to_timestamp((floor(extract(epoch from now()) * 1000 / every_ms) + 1) * every_ms / 1000) as next
     on conflict (key) do nothing
     returning id, job, payload, ${DELAY_MS}`,
    [
      jobs.map((row) => row.id),
      jobs.map((row) => row.job),
      jobs.map((row) => JSON.stringify(row.payload)),
      jobs.map((row) => row.everyMs),
    ],
  );
}
