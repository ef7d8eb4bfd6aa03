import type { Draw } from '../domain/matching.ts';
import type { Reason } from '../domain/reasons.ts';
import type { Sql } from './connect.ts';

export interface NewMatch {
  id: string;
  requestId: string;
  partnerId: string;
  /** null: the client chose the partner. */
  drawNo: number | null;
  reasons: Reason[];
}

/** Writes matches and counts them as live leads of their partners, whose rows this transaction has locked. */
export async function insertMatches(sql: Sql, matches: NewMatch[]): Promise<void> {
  await sql.query(
    `insert into matches (id, request_id, partner_id, draw_no, reasons)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::jsonb[])`,
    [
      matches.map((match) => match.id),
      matches.map((match) => match.requestId),
      matches.map((match) => match.partnerId),
      matches.map((match) => match.drawNo),
      matches.map((match) => JSON.stringify(match.reasons)),
    ],
  );
  await sql.query(
    `update partners p set live_leads = live_leads + more.leads
     from (select partner_id, count(*)::int as leads from unnest($1::uuid[]) as partner_id group by 1) as more
     where p.id = more.partner_id`,
    [matches.map((match) => match.partnerId)],
  );
}

/** Keeps draws so that each can be replayed from its record alone. */
export async function insertDraws(
  sql: Sql,
  draws: { requestId: string; no: number; eligible: number; orMore: boolean; draw: Draw }[],
): Promise<void> {
  const rows = draws.map(({ requestId, no, eligible, orMore, draw }) => ({
    request_id: requestId,
    no,
    eligible,
    eligible_or_more: orMore,
    policy: draw.policy,
    policy_version: draw.policyVersion,
    seed: draw.seed,
    candidates: draw.candidates,
    picked: draw.picked,
  }));
  await sql.query(
    `insert into draws (request_id, no, policy, policy_version, seed, eligible, eligible_or_more, candidates, picked)
     select request_id, no, policy, policy_version, seed, eligible, eligible_or_more, candidates, picked
     from jsonb_to_recordset($1) as d (request_id uuid, no int, policy text, policy_version int, seed text,
       eligible int, eligible_or_more boolean, candidates jsonb, picked uuid[])`,
    [JSON.stringify(rows)],
  );
}

/** How often a request was drawn for, and whom it was sent to already. Read after the request is locked. */
export interface Past {
  requestId: string;
  draws: number;
  asked: string[];
}

export function pastOf(sql: Sql, requestIds: string[]): Promise<Past[]> {
  return sql.query<Past>(
    `select r.id as "requestId",
       (select count(*)::int from draws d where d.request_id = r.id) as draws,
       array(select partner_id from matches m where m.request_id = r.id) as asked
     from unnest($1::uuid[]) as r (id)`,
    [requestIds],
  );
}

/** A match as the client sees it; the status is read from its deal. */
export interface MatchView {
  id: string;
  partner: { id: string; slug: string; title: string; name: string };
  status: 'sent' | 'answered' | 'refused' | 'chosen' | 'lost' | 'won';
  reasons: Reason[];
  answeredAt: Date | null;
  /** There is a deal for it already. */
  opened: boolean;
}

/** A lost deal that was never answered, and closed neither by the client nor by time, is a refusal. */
export const STATUS = `case
  when d.kind = 'won' then 'won'
  when d.kind = 'lost' and d.answered_at is null
    and d.lost_reason not in ('client_chose_another', 'client_cancelled', 'expired') then 'refused'
  when d.kind = 'lost' or m.dropped_at is not null then 'lost'
  when r.chosen_match_id = m.id then 'chosen'
  when d.answered_at is not null then 'answered'
  else 'sent' end`;

export function matchesOf(sql: Sql, requestId: string): Promise<MatchView[]> {
  return sql.query<MatchView>(
    `select m.id, jsonb_build_object('id', p.id, 'slug', p.slug, 'title', p.title, 'name', p.name) as partner,
       ${STATUS} as status, m.reasons, d.answered_at as "answeredAt", d.id is not null as opened
     from matches m join requests r on r.id = m.request_id join partners p on p.id = m.partner_id
     left join deals d on d.id = m.id where m.request_id = $1 order by m.id`,
    [requestId],
  );
}
