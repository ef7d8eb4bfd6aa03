import type { Sql } from './connect.ts';

/** An open deal that nobody moved for too long, and its request. */
export interface Unmoved {
  dealId: string;
  requestId: string;
}

/** Open deals that nobody moved for so long, longest first. */
export function unmovedDeals(sql: Sql, forMs: number, limit: number): Promise<Unmoved[]> {
  return sql.query<Unmoved>(
    `select id as "dealId", request_id as "requestId" from deals
     where kind in ('new', 'in_progress') and moved_at <= now() - make_interval(secs => $1::float8 / 1000)
     order by moved_at limit $2`,
    [forMs, limit],
  );
}

/** True when the deal, now locked, is still open and still unmoved for so long. */
export async function isUnmoved(sql: Sql, dealId: string, forMs: number): Promise<boolean> {
  const [row] = await sql.query(
    `select from deals where id = $1 and kind in ('new', 'in_progress')
       and moved_at <= now() - make_interval(secs => $2::float8 / 1000)`,
    [dealId, forMs],
  );
  return row !== undefined;
}
