import type { Reason } from '../domain/reasons.ts';
import type { RequestStatus } from '../domain/request-life.ts';
import type { Sql } from './connect.ts';

/** What is behind a deal, as far as its partner may know: nothing of who else was asked. */
export interface DealBackground {
  mode: 'automated' | 'manual';
  requestStatus: RequestStatus;
  /** Why this partner was picked. */
  reasons: Reason[];
  /** How many other partners have the request now. */
  others: number;
  chosen: boolean;
  answerDueAt: Date | null;
  /** The client has been asked for feedback; the mail may still be on its way. */
  feedbackAskedAt: Date | null;
  review: { rating: number; comment: string; createdAt: string; hidden: boolean } | null;
}

/** The background of a deal, or undefined when there is no such deal. */
export async function backgroundOf(sql: Sql, dealId: string): Promise<DealBackground | undefined> {
  const [row] = await sql.query<DealBackground>(
    `select r.mode, r.status as "requestStatus", m.reasons,
       (select count(*)::int from matches o left join deals e on e.id = o.id
        where o.request_id = d.request_id and o.id <> d.id and o.dropped_at is null
          and coalesce(e.kind, 'new') in ('new', 'in_progress')) as others,
       r.chosen_match_id is not distinct from d.id as chosen,
       case when r.status = 'routed' then r.answer_due_at end as "answerDueAt",
       (select e.created_at from emails e
        where e.request_id = d.request_id and e.purpose = 'feedback-request/' || d.id) as "feedbackAskedAt",
       (select jsonb_build_object('rating', v.rating, 'comment', v.comment, 'createdAt', v.created_at,
          'hidden', v.hidden_at is not null) from reviews v where v.deal_id = d.id) as review
     from deals d join matches m on m.id = d.id join requests r on r.id = d.request_id where d.id = $1`,
    [dealId],
  );
  return row;
}
