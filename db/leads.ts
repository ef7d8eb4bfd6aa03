import type { Sql } from './connect.ts';

/**
 * Counts live leads up or down, `by` for each time a partner is named. Locks the partners in id order:
 * call it last in a transaction.
 */
export async function changeLeads(sql: Sql, partnerIds: string[], by: 1 | -1): Promise<void> {
  if (partnerIds.length === 0) return;
  await sql.query(
    `with locked as (
       select id from partners where id = any ($1::uuid[]) order by id for no key update)
     update partners p set live_leads = live_leads + $2 * named.times
     from locked, (select id, count(*)::int as times from unnest($1::uuid[]) as id group by 1) as named
     where p.id = locked.id and named.id = locked.id`,
    [partnerIds, by],
  );
}
