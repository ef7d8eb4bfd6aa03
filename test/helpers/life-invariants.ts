import type { Sql } from '../../db/connect.ts';
import { pick, type Weighted } from '../../domain/matching.ts';

const LIVE = `(m.dropped_at is null and coalesce(d.kind, 'new') in ('new', 'in_progress'))`;
const MATCHES = 'matches m left join deals d on d.id = m.id';
const WAITS = (job: string, field: string, id: string) =>
  `exists (select from outbox o where o.job = '${job}' and o.payload ->> '${field}' = ${id}::text)`;

/** What must hold at any moment (design, section 10): each query finds those who break it. */
const BROKEN: Record<string, string> = {
  'a partner was asked twice': `select request_id from matches group by request_id, partner_id having count(*) > 1`,
  'more than three live matches made by the system': `select m.request_id from ${MATCHES}
    where ${LIVE} and m.draw_no is not null group by 1 having count(*) > 3`,
  'more live matches than three and one per forward': `select m.request_id from ${MATCHES} group by 1
    having count(*) filter (where ${LIVE}) > 3 + count(*) filter (where m.draw_no is null)`,
  'live_leads differs from the live matches': `select p.id from partners p where p.live_leads is distinct from
    (select count(*) from ${MATCHES} where m.partner_id = p.id and ${LIVE})`,
  'a dropped match has a deal': `select m.id from ${MATCHES} where m.dropped_at is not null and d.id is not null`,
  'a mail is there twice': `select request_id from emails group by request_id, purpose, window_no, partner_id having count(*) > 1`,
  'a mail was sent twice': `select email_id from captured_mails c join emails e on e.id = c.email_id
    where not e.uncertain group by 1 having count(*) > 1`,
  'invited, the window still open and a match live': `select r.id from requests r where r.status = 'invited'
    and r.answer_due_at > now() and exists (select from ${MATCHES} where m.request_id = r.id and ${LIVE})`,
  'invited without an invitation': `select r.id from requests r where r.status = 'invited' and not exists
    (select from emails e where e.request_id = r.id and e.purpose = 'invitation' and e.window_no = r.window_no
      and e.status <> 'superseded')`,
  'an invitation waits for a request that is not invited': `select e.id from emails e join requests r on r.id = e.request_id
    where e.template = 'invitation' and e.status = 'pending' and r.status <> 'invited'`,
  'a nudge waits for a request that somebody answered, or its client closed': `select e.id
    from emails e join requests r on r.id = e.request_id where e.template = 'lead-nudge' and e.status = 'pending'
    and r.status not in ('routed', 'invited')`,
  'won deals and completion differ': `select r.id from requests r where (r.status = 'completed')::int <>
    (select count(*) from deals d where d.request_id = r.id and d.kind = 'won')`,
  'completed or cancelled, and a match live': `select r.id from requests r where r.status in ('completed', 'cancelled')
    and exists (select from ${MATCHES} where m.request_id = r.id and ${LIVE})`,
  'chosen, and not one live match that is the chosen one': `select r.id from requests r where r.status = 'chosen'
    and (select array_agg(m.id) from ${MATCHES} where m.request_id = r.id and ${LIVE}) is distinct from array[r.chosen_match_id]`,
  'a choice that no longer counts is kept': `select id from requests
    where chosen_match_id is not null and status not in ('chosen', 'completed', 'cancelled')`,
  'nobody live, and nobody invited': `select r.id from requests r where r.status in ('routed', 'answered', 'chosen')
    and not exists (select from ${MATCHES} where m.request_id = r.id and ${LIVE}) and not ${WAITS('match-request', 'requestId', 'r.id')}`,
  'received, and no match-request waits': `select r.id from requests r where r.status = 'received'
    and not ${WAITS('match-request', 'requestId', 'r.id')}`,
  'routed, and no follow-up of its window waits': `select r.id from requests r where r.status = 'routed' and not exists
    (select from outbox o where o.job = 'follow-up' and o.payload = jsonb_build_object('requestId', r.id, 'windowNo', r.window_no))`,
  'a live match has no deal, and no create-deal waits': `select m.id from ${MATCHES} where ${LIVE} and d.id is null
    and not ${WAITS('create-deal', 'matchId', 'm.id')}`,
  'a mail is pending, and no send-email waits': `select e.id from emails e where e.status in ('pending', 'sending')
    and not ${WAITS('send-email', 'emailId', 'e.id')}`,
  'drawn beyond capacity': `select p.id from partners p where p.capacity < (select count(*) from ${MATCHES}
    where m.partner_id = p.id and ${LIVE} and m.draw_no is not null
      and not exists (select from deal_events v where v.deal_id = d.id and v.event = 'reopened'))`,
};

const ALL = Object.entries(BROKEN)
  .map(([what, query]) => `select '${what}' as what, array(${query})::text[] as ids`)
  .join(' union all ');

/** What does not hold now, in words, with the ids of those who break it; empty when all is well. */
export async function brokenInvariants(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ what: string; ids: string[] }>(ALL);
  const broken = rows
    .filter(({ ids }) => ids.length > 0)
    .map(({ what, ids }) => `${what}: ${ids.join(', ')}`);
  return [...broken, ...(await unreplayable(sql))];
}

/** Draws that do not pick the same partners from their record alone. */
async function unreplayable(sql: Sql): Promise<string[]> {
  const draws = await sql.query<{
    id: string;
    no: number;
    seed: string;
    candidates: Weighted[];
    picked: string[];
  }>('select request_id as id, no, seed, candidates, picked from draws');
  const drawn = await sql.query<{ id: string; no: number; partnerId: string }>(
    'select request_id as id, draw_no as no, partner_id as "partnerId" from matches where draw_no is not null',
  );
  const wrong = draws.filter(({ id, no, seed, candidates, picked }) => {
    const sent = drawn.filter((match) => match.id === id && match.no === no);
    const again = pick(candidates, seed, picked.length);
    return again.join() !== picked.join() || sent.some(({ partnerId }) => !picked.includes(partnerId));
  });
  return wrong.map(({ id, no }) => `draw ${no} of ${id} does not replay`);
}
