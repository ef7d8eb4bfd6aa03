import type pg from 'pg';

/** What BullMQ notes of every queue under this name, by queue. */
export async function metaField(pool: pg.Pool, field: string): Promise<Map<string, string>> {
  const { rows } = await pool.query('select queue, value from meta where field = $1', [field]);
  return new Map(rows.map(({ queue, value }) => [queue, value]));
}

/** A lock this far ahead was not taken by a clock that is right, ms; job locks and stall checks are of seconds. */
const FAR_MS = 10 * 60_000;

/**
 * Takes back what a worker with a clock far ahead has written into BullMQ's tables. BullMQ 6.7 on Postgres notes
 * locks and the last check for stalled jobs by the clocks of its workers: after one of them was a day ahead, nobody
 * would check for a day, and what was active when it died would stay so. The database's clock decides.
 * @returns how many locks were let go
 */
export async function distrustFuture(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `with clock as (select (extract(epoch from clock_timestamp()) * 1000)::bigint as now),
     checks as (
       delete from meta using clock where field = 'stalled-check' and value::bigint > clock.now + ${FAR_MS}
     )
     update job set locked_until_ms = clock.now from clock
     where state = 'active' and locked_until_ms > clock.now + ${FAR_MS}`,
  );
  return rowCount ?? 0;
}
