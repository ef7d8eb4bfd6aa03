import type { Sql } from './connect.ts';

/**
 * A hash of all that decides what a client sees of its request: another one, and the page has news.
 * @returns undefined when there is no such request
 */
export async function requestVersion(sql: Sql, id: string): Promise<string | undefined> {
  const [row] = await sql.query<{ version: string }>(
    `select md5(jsonb_build_array(r.status, r.answer_due_at, r.chosen_match_id, r.services, r.country, r.language,
       r.partner_type, r.tier, r.email_verified_at is not null,
       (select jsonb_agg(jsonb_build_array(m.id, m.dropped_at, d.kind, d.lost_reason, d.answered_at) order by m.id)
        from matches m left join deals d on d.id = m.id where m.request_id = r.id))::text) as version
     from requests r where r.id = $1`,
    [id],
  );
  return row?.version;
}
