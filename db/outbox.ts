import type { Sql } from './connect.ts';

/** A promise to do a job. */
export interface OutboxRow {
  id: string;
  job: string;
  payload: unknown;
}

/** How long after its time a job may take to be gone before the sweeper first asks for it. */
const SWEEP_AFTER = "interval '5 seconds'";

/** Writes promises; `delayMs` counts from now by Postgres's clock. Rows whose `key` exists are left out. */
export async function insertOutbox(
  sql: Sql,
  rows: { id: string; job: string; payload: unknown; delayMs: number; key?: string | undefined }[],
): Promise<void> {
  await sql.query(
    `insert into outbox (id, job, payload, key, run_at, sweep_at)
     select id, job, payload, key, now() + delay, now() + delay + ${SWEEP_AFTER}
     from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::text[], $5::float8[])
       as promised (id, job, payload, key, delay_ms), make_interval(secs => delay_ms / 1000) as delay
     on conflict (key) do nothing`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.job),
      rows.map((row) => JSON.stringify(row.payload)),
      rows.map((row) => row.key ?? null),
      rows.map((row) => row.delayMs),
    ],
  );
}

/** A row held by this transaction: nobody else works on it until the transaction ends. */
export interface TakenRow {
  id: string;
  payload: unknown;
  attempts: number;
}

/**
 * Takes those of the rows that are due, free and unleased, in id order, without waiting. A failed row
 * is taken too: it is delivered again only when somebody asked for a retry.
 */
export function takeOutbox(sql: Sql, ids: string[]): Promise<TakenRow[]> {
  return sql.query<TakenRow>(
    `select id, payload, attempts from outbox
     where id = any ($1::uuid[]) and run_at <= now() and (lease_until is null or lease_until <= now())
     order by id for update skip locked`,
    [ids],
  );
}

/** Why rows could not be taken: ms until they may be (0: somebody works on them now). Gone rows are not listed. */
export async function waitingTimes(sql: Sql, ids: string[]): Promise<Map<string, number>> {
  const rows = await sql.query<{ id: string; wait_ms: number }>(
    `select id, ceil(extract(epoch from greatest(run_at, lease_until, now()) - now()) * 1000)::float8 as wait_ms
     from outbox where id = any ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.wait_ms]));
}

/** Done: the promises are kept. */
export async function deleteOutbox(sql: Sql, ids: string[]): Promise<void> {
  await sql.query('delete from outbox where id = any ($1::uuid[])', [ids]);
}

/**
 * Records a failed attempt: due again after `delayMs`, or failed for good when `attempts` are used up
 * or `final`. Frees a lease.
 * @returns what became of the row, or undefined when it is gone (done by somebody else)
 */
export async function recordFailure(
  sql: Sql,
  failure: { id: string; error: string; delayMs: number; attempts: number; final: boolean },
): Promise<{ attempts: number; failed: boolean } | undefined> {
  const [row] = await sql.query<{ attempts: number; failed: boolean }>(
    `update outbox set
       attempts = attempts + 1, error = $2, lease = null, lease_until = null,
       -- a row that failed for good is due whenever somebody asks for a retry
       run_at = now() + case when attempts + 1 >= $4 or $5 then interval '0' else make_interval(secs => $3::float8 / 1000) end,
       sweep_at = now() + make_interval(secs => $3::float8 / 1000) + ${SWEEP_AFTER}, sweeps = 0,
       failed_at = case when attempts + 1 >= $4 or $5 then now() end
     where id = $1 returning attempts, failed_at is not null as failed`,
    [failure.id, failure.error, failure.delayMs, failure.attempts, failure.final],
  );
  return row;
}

/**
 * Counts the start of a job that runs alone because it stalled before. The count outlives the process,
 * so a job that takes its process down is known by it.
 * @returns how often it was started alone, or undefined when the row is gone or held by somebody
 */
export async function countLoneStart(sql: Sql, id: string): Promise<number | undefined> {
  const [row] = await sql.query<{ crashes: number }>(
    `update outbox set crashes = crashes + 1
     where id = (select id from outbox where id = $1 for update skip locked) returning crashes`,
    [id],
  );
  return row?.crashes;
}

/** Sets the count back: the job ended, well or badly, without taking its process down, or did not begin. */
export async function resetLoneStarts(sql: Sql, id: string, starts: number): Promise<void> {
  await sql.query('update outbox set crashes = $2 where id = $1', [id, starts]);
}

/** Gives taken rows to the holder of `lease` for a while that outlives the transaction. */
export async function leaseOutbox(sql: Sql, ids: string[], lease: string, leaseMs: number): Promise<void> {
  await sql.query(
    `update outbox set lease = $2, lease_until = now() + make_interval(secs => $3::float8 / 1000),
       sweep_at = now() + make_interval(secs => $3::float8 / 1000) + ${SWEEP_AFTER}
     where id = any ($1::uuid[])`,
    [ids, lease, leaseMs],
  );
}

/** Gives a leased row back to whoever takes it next. */
export async function freeLease(sql: Sql, id: string): Promise<void> {
  await sql.query('update outbox set lease = null, lease_until = null where id = $1', [id]);
}

/** Locks those of the rows that are still leased to the given holders, in id order. */
export async function lockLeased(sql: Sql, ids: string[], leases: string[]): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(
    `select o.id from outbox o
     join unnest($1::uuid[], $2::uuid[]) as held (id, lease) on o.id = held.id and o.lease = held.lease
     order by o.id for update of o`,
    [ids, leases],
  );
  return new Set(rows.map((row) => row.id));
}
