import type { Sql } from './connect.ts';

/** How many more leads a partner takes now; null: no limit. 0 also when it takes none for another reason. */
export interface Places {
  id: string;
  free: number | null;
}

/**
 * Locks partners in id order and says how many places each still has. What was read before the lock may
 * be stale by now: another worker may have given the last place away. Who was erased is not among them.
 */
export async function lockPlaces(sql: Sql, partnerIds: string[]): Promise<Map<string, number | null>> {
  const rows = await sql.query<Places>(
    `select id, case when not (listed and accepting) then 0
       when capacity is not null then greatest(0, capacity - live_leads) end as free
     from partners where id = any ($1::uuid[]) and erased_at is null order by id for no key update`,
    [partnerIds],
  );
  return new Map(rows.map(({ id, free }) => [id, free]));
}
