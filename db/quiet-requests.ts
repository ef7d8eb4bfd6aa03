import type { Sql } from './connect.ts';

/**
 * Requests to which, as far as is known, nothing happened for so long; longest first. Read without a lock: `stirred`
 * tells which of them are not quiet at all.
 */
export async function quietRequests(sql: Sql, forMs: number, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from requests
     where erased_at is null and coalesce(active_at, created_at) < now() - make_interval(secs => $1::float8 / 1000)
     order by coalesce(active_at, created_at) limit $2`,
    [forMs, limit],
  );
  return rows.map(({ id }) => id);
}

/**
 * Of these locked requests, those to which something happened since: a draw, a match, a move, a note. When, is
 * written down, so that they are not looked at again before it is as long ago.
 */
export async function stirred(sql: Sql, ids: string[], forMs: number): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(
    `update requests r set active_at = latest.at
     from (select asked.id, greatest(
         (select max(created_at) from draws where request_id = asked.id),
         (select max(created_at) from matches where request_id = asked.id),
         (select max(moved_at) from deals where request_id = asked.id),
         (select max(e.created_at) from deal_events e join deals d on d.id = e.deal_id where d.request_id = asked.id)
       ) as at from unnest($1::uuid[]) as asked (id)) as latest
     where r.id = latest.id and latest.at >= now() - make_interval(secs => $2::float8 / 1000) returning r.id`,
    [ids, forMs],
  );
  return new Set(rows.map(({ id }) => id));
}
