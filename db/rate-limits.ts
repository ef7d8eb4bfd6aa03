import type { Sql } from './connect.ts';

/** How many hits a key has had in its window, this one included, and how long that window lasts, in ms. */
export interface Counted {
  hits: number;
  leftMs: number;
}

/** Counts a hit, for all processes together. A window begins with its first hit. */
export type CountHit = (key: string, windowMs: number) => Promise<Counted>;

// Rows whose window has ended are only in the way; so often they are cleared away.
const PRUNE_EVERY_MS = 60_000;

/**
 * Counts in Postgres. What comes while a statement is under way goes into the next one together: whatever the
 * load, one connection of the pool is in use.
 */
export function postgresCounter(sql: Sql, pruneEveryMs = PRUNE_EVERY_MS): CountHit {
  let waiting: Hit[] = [];
  let underWay = false;
  let prunedAt = performance.now();

  async function work(): Promise<void> {
    underWay = true;
    while (waiting.length > 0) {
      const hits = waiting;
      waiting = [];
      await count(sql, hits).catch((error) => {
        for (const hit of hits) hit.reject(error);
      });
    }
    underWay = false;
    if (performance.now() - prunedAt < pruneEveryMs) return;
    prunedAt = performance.now();
    // Nobody waits for it; what it leaves is the next one's.
    await prune(sql).catch(() => undefined);
  }

  return (key, windowMs) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, windowMs, resolve, reject });
      if (!underWay) void work();
    });
}

interface Hit {
  key: string;
  windowMs: number;
  resolve(counted: Counted): void;
  reject(error: Error): void;
}

/**
 * All hits in one statement, keys in one order, so that two processes never wait for each other. A window that
 * ends later than it can has been begun by a clock that was ahead: it counts as over. (10 s of grace: a
 * statement that waits for another has the older clock.)
 */
async function count(sql: Sql, hits: Hit[]): Promise<void> {
  const rows = await sql.query<Counted & { key: string }>(
    `insert into rate_limits as r (key, hits, ends_at)
     select key, count(*), now() + make_interval(secs => max(window_ms) / 1000)
     from unnest($1::text[], $2::float8[]) as hit (key, window_ms) group by key order by key
     on conflict (key) do update set (hits, ends_at) = (
       select case when goes_on then r.hits + excluded.hits else excluded.hits end,
         case when goes_on then r.ends_at else excluded.ends_at end
       from (select r.ends_at > now() and r.ends_at < excluded.ends_at + interval '10 s' as goes_on) as now_is)
     returning key, hits, greatest(0, extract(epoch from ends_at - now()) * 1000)::float8 as "leftMs"`,
    [hits.map(({ key }) => key), hits.map(({ windowMs }) => windowMs)],
  );
  const found = new Map(rows.map((row) => [row.key, row]));
  // The last of a key's hits has the number that the row has now, those before it the ones below.
  for (const { key, resolve } of hits.toReversed()) {
    const { hits = 0, leftMs = 0 } = found.get(key) ?? {};
    resolve({ hits, leftMs });
    found.set(key, { key, hits: hits - 1, leftMs });
  }
}

/** Deletes windows that have ended, but for rows that somebody is counting in. */
async function prune(sql: Sql): Promise<void> {
  await sql.query(`delete from rate_limits where key in (
    select key from rate_limits where ends_at < now() for update skip locked)`);
}
