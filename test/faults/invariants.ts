import type { Database } from '../../db/connect.ts';

/** What must hold whatever fails: each question gives the ids of those that break it. */
export const QUESTIONS = {
  'an invitation was sent after somebody had answered': `
    select distinct c.email_id as id from harness.claims c,
      lateral (select status, window_no from harness.states s
        where s.request_id = c.request_id and pg_xact_commit_timestamp(s.xmin) < pg_xact_commit_timestamp(c.xmin)
        order by pg_xact_commit_timestamp(s.xmin) desc, s.no desc limit 1) as then_
    where c.template = 'invitation' and (then_.status <> 'invited' or then_.window_no <> c.window_no)`,
  'a client was invited before the time': `
    select s.request_id as id from harness.states s,
      lateral (select r.began as since from harness.states r
        where r.request_id = s.request_id and r.status = 'routed' and r.window_no = s.window_no and r.no < s.no
        order by r.no limit 1) as routed
    where s.status = 'invited' and s.live > 0
      and pg_xact_commit_timestamp(s.xmin) < routed.since + make_interval(secs => $1::float8)`,
  'a request had more live matches than three and one per forward': `
    select s.request_id as id from harness.states s
    where s.live > 3 + (select count(*) from matches m where m.request_id = s.request_id and m.draw_no is null)`,
  'a deal was opened twice': `
    select deal_id as id from deal_events where event = 'opened' group by deal_id having count(*) > 1
    union select min(id::text)::uuid from deals group by request_id, partner_id having count(*) > 1`,
  'a deal was reviewed twice': `select min(id::text)::uuid as id from reviews group by deal_id having count(*) > 1`,
  'a live match has no deal': `
    select m.id from matches m left join deals d on d.id = m.id join requests r on r.id = m.request_id
    where m.dropped_at is null and d.id is null and r.status not in ('completed', 'cancelled')
      and not exists (select from outbox o where o.job = 'create-deal' and o.failed_at is not null
        and o.payload ->> 'matchId' = m.id::text)`,
  'a request is neither matched, nor unmatched, nor failed': `
    select id from requests r where status = 'received' and not exists
      (select from outbox o where o.job = 'match-request' and o.failed_at is not null
        and o.payload ->> 'requestId' = r.id::text)`,
  'a mail is neither sent, nor taken back, nor failed': `
    select id from emails e where status in ('pending', 'sending') and not exists
      (select from outbox o where o.job = 'send-email' and o.failed_at is not null
        and o.payload ->> 'emailId' = e.id::text)`,
  'a deal is won, and feedback was never asked for': `
    select d.id from deals d where d.kind = 'won'
      and not exists (select from emails e where e.match_id = d.id and e.template = 'feedback-request')`,
  'a record of a partner is not what its deals and reviews add up to': `
    select p.id from partners p where (p.completed_projects, p.review_count, p.rating_sum) is distinct from
      ((select count(*)::int from deals d where d.partner_id = p.id and d.kind = 'won'),
       (select count(*)::int from reviews r where r.partner_id = p.id and r.hidden_at is null),
       (select coalesce(sum(rating), 0)::int from reviews r where r.partner_id = p.id and r.hidden_at is null))`,
} as const;

export type Question = keyof typeof QUESTIONS;

/** Who breaks what, after all has settled. @param windowS the answer window, seconds */
export async function broken(db: Database, windowS: number): Promise<Map<Question, string[]>> {
  const found = new Map<Question, string[]>();
  for (const [question, sql] of Object.entries(QUESTIONS) as [Question, string][]) {
    const rows = await db.query<{ id: string }>(sql, sql.includes('$1') ? [windowS] : []);
    if (rows.length > 0)
      found.set(
        question,
        rows.map(({ id }) => id),
      );
  }
  return found;
}
