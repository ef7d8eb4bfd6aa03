import type { Sql } from '../../db/connect.ts';
import type { Draw } from '../../domain/matching.ts';
import type { Reason } from '../../domain/reasons.ts';

/** Everything that matching has written about one request. Times are milliseconds by the database's clock. */
export interface MatchRecord {
  status: string;
  /** From the matching to the end of the answer window; null: there is none. */
  answerDueMs: number | null;
  draws: (Draw & { no: number; eligible: number })[];
  matches: { id: string; partnerId: string; drawNo: number | null; reasons: Reason[] }[];
  /** What the outbox promises, by job: ids of matches, of mails, and each follow-up's time after the matching. */
  dealsFor: string[];
  mailsToSend: string[];
  followUpsMs: number[];
  mails: {
    id: string;
    template: string;
    partnerId: string | null;
    matchId: string | null;
    windowNo: number;
  }[];
}

/** Matches and draws have the time of the transaction that wrote them; a manual request has no draw. */
const MATCHED_AT = `coalesce((select min(created_at) from matches where request_id = r.id),
  (select min(created_at) from draws where request_id = r.id), r.created_at)`;

const list = (columns: string, from: string, order: string) =>
  `(select coalesce(jsonb_agg(${columns} order by ${order}), '[]') from ${from})`;

export async function matchRecord(sql: Sql, requestId: string): Promise<MatchRecord> {
  const [record] = await sql.query<MatchRecord>(
    `select r.status,
       (extract(epoch from r.answer_due_at - ${MATCHED_AT}) * 1000)::float8 as "answerDueMs",
       ${list(
         `jsonb_build_object('no', no, 'policy', policy, 'policyVersion', policy_version, 'seed', seed,
            'eligible', eligible, 'candidates', candidates, 'picked', picked)`,
         'draws where request_id = r.id',
         'no',
       )} as draws,
       ${list(
         `jsonb_build_object('id', id, 'partnerId', partner_id, 'drawNo', draw_no, 'reasons', reasons)`,
         'matches where request_id = r.id',
         'id',
       )} as matches,
       ${list(
         `payload -> 'matchId'`,
         `outbox join matches m on m.id::text = payload ->> 'matchId'
          where job = 'create-deal' and m.request_id = r.id`,
         'm.id',
       )} as "dealsFor",
       ${list(
         `payload -> 'emailId'`,
         `outbox join emails e on e.id::text = payload ->> 'emailId'
          where job = 'send-email' and e.request_id = r.id`,
         'e.id',
       )} as "mailsToSend",
       ${list(
         `(extract(epoch from run_at - ${MATCHED_AT}) * 1000)::float8`,
         `outbox where job = 'follow-up' and payload ->> 'requestId' = r.id::text`,
         'id',
       )} as "followUpsMs",
       ${list(
         `jsonb_build_object('id', id, 'template', template, 'partnerId', partner_id, 'matchId', match_id,
            'windowNo', window_no)`,
         'emails where request_id = r.id',
         'id',
       )} as mails
     from requests r where r.id = $1`,
    [requestId],
  );
  if (!record) throw new Error(`there is no request ${requestId}`);
  return record;
}

/** Every row that matching reads or writes, as it is: two of these are equal when nothing has changed. */
export async function everything(sql: Sql): Promise<Record<string, unknown[]>> {
  const tables = ['requests', 'draws', 'matches', 'partners', 'emails', 'outbox'];
  const contents: Record<string, unknown[]> = {};
  for (const table of tables)
    contents[table] = await sql.query(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`);
  return contents;
}

/** Empties the tables of matching: faster than a truncate while they are small. */
export async function emptyTables(sql: Sql): Promise<void> {
  await sql.query('delete from outbox; delete from requests; delete from partners');
}

/** By partner: live leads as counted, and the matches that there are. */
export async function leadsOf(
  sql: Sql,
): Promise<Map<string, { capacity: number | null; counted: number; matches: number }>> {
  const rows = await sql.query<{ id: string; capacity: number | null; counted: number; matches: number }>(
    `select id, capacity, live_leads as counted,
       (select count(*)::int from matches where partner_id = p.id) as matches from partners p`,
  );
  return new Map(rows.map(({ id, ...leads }) => [id, leads]));
}
