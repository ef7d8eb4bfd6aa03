import type { Sql } from './connect.ts';

/** How far the requests of a span of time came with one partner. */
export interface Funnel {
  /** Requests that were sent to the partner. */
  asked: number;
  /** Those that it answered. */
  answered: number;
  /** Those whose client chose it, or whose project it won without a word about it. */
  chosen: number;
  won: number;
  /** The median time to answer; null without answers. */
  answerSeconds: number | null;
}

/** A partner's funnel by when requests came: of late, of the same time before, and of all times. */
export interface Funnels {
  recent: Funnel;
  before: Funnel;
  ever: Funnel;
}

const NOTHING: Funnel = { asked: 0, answered: 0, chosen: 0, won: 0, answerSeconds: null };

/** Counted when asked, from the partner's matches alone (`matches_by_partner`) and what hangs on each. */
export async function funnelsOf(sql: Sql, partnerId: string, days: number): Promise<Funnels> {
  const rows = await sql.query<Funnel & { span: keyof Funnels | 'older' }>(
    `with mine as (
       select case when m.created_at > now() - make_interval(days => $2) then 'recent'
           when m.created_at > now() - make_interval(days => 2 * $2) then 'before' else 'older' end as span,
         d.answered_at is not null as answered, d.kind = 'won' as won,
         coalesce(r.chosen_match_id = m.id, false) or coalesce(d.kind = 'won', false) as chosen,
         extract(epoch from d.answered_at - d.created_at) as seconds
       from matches m join requests r on r.id = m.request_id left join deals d on d.id = m.id
       where m.partner_id = $1)
     select case when grouping(span) = 1 then 'ever' else span end as span, count(*)::int as asked,
       (count(*) filter (where answered))::int as answered, (count(*) filter (where chosen))::int as chosen,
       (count(*) filter (where won))::int as won,
       (percentile_cont(0.5) within group (order by seconds))::int as "answerSeconds"
     from mine group by grouping sets ((span), ())`,
    [partnerId, days],
  );
  const of = (wanted: keyof Funnels): Funnel => {
    const { span, ...funnel } = rows.find(({ span }) => span === wanted) ?? { span: wanted, ...NOTHING };
    return funnel;
  };
  return { recent: of('recent'), before: of('before'), ever: of('ever') };
}
