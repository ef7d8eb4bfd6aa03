import type { DealKind } from '../domain/deal-life.ts';
import type { Sql } from './connect.ts';

/** A deal as its partner's board shows it. */
export interface DealCard {
  id: string;
  version: number;
  stageId: string;
  kind: DealKind;
  title: string;
  clientName: string;
  budget: { amount: string; currency: string } | null;
  lostReason: string | null;
  /** The client chose this partner. */
  chosen: boolean;
  /** Until when the client waits before it is invited to choose another partner; null where that is over. */
  answerDueAt: Date | null;
  answeredAt: Date | null;
  movedAt: Date;
  createdAt: Date;
}

// Closed deals are looked at seldom, and there are many in the end; of the open ones all should be in sight.
const SHOWN_CLOSED = 20;
const SHOWN_OPEN = 100;

/** The deals of a pipeline that its board shows: of each stage the latest, as they came there. */
export function cardsOf(sql: Sql, pipelineId: string): Promise<DealCard[]> {
  return sql.query<DealCard>(
    `select d.id, d.version, d.stage_id as "stageId", d.kind, r.title, r.client_name as "clientName",
       case when r.budget_amount is not null then
         jsonb_build_object('amount', r.budget_amount::text, 'currency', r.budget_currency) end as budget,
       d.lost_reason as "lostReason", r.chosen_match_id is not distinct from d.id as chosen,
       case when r.status = 'routed' then r.answer_due_at end as "answerDueAt",
       d.answered_at as "answeredAt", d.moved_at as "movedAt", d.created_at as "createdAt"
     from stages s cross join lateral (
       select * from deals where stage_id = s.id order by moved_at desc, id desc
       limit case when s.kind in ('won', 'lost') then $2::int else $3::int end) as d
     join requests r on r.id = d.request_id
     where s.pipeline_id = $1 order by s.position, d.moved_at desc, d.id desc`,
    [pipelineId, SHOWN_CLOSED, SHOWN_OPEN],
  );
}

/** What a pipeline of a partner looks like just now. */
export interface BoardState {
  /** Another one whenever a deal came, left or moved, or a stage changed. */
  version: string;
  /** The deal that came last; ids are in the order of time. */
  newest: string | null;
}

/** The state of one pipeline's board, or undefined when the pipeline is another's or nobody's. Asked for often. */
export async function boardState(
  sql: Sql,
  partnerId: string,
  pipelineId: string,
): Promise<BoardState | undefined> {
  const [state] = await sql.query<BoardState>(
    `select md5(concat(l.name, s.stages, s.deals)) as version, s.newest
     from pipelines l cross join lateral (
       select string_agg(concat_ws(' ', s.id, s.name), ',' order by s.position) as stages,
         string_agg(d.deals, ',' order by s.position) as deals, max(d.newest) as newest
       from stages s cross join lateral (
         select string_agg(concat_ws(' ', d.id, d.version), ',' order by d.id) as deals,
           max(d.id::text) as newest
         from deals d where d.stage_id = s.id) as d
       where s.pipeline_id = l.id) as s
     where l.id = $1 and l.partner_id = $2`,
    [pipelineId, partnerId],
  );
  return state;
}
