import { pause } from './inside.ts';
import type { RunDatabase } from './servers.ts';

/**
 * What must be there, once, after `count` requests were routed, whoever routed them: everything that the nine
 * steps leave behind but the follow-up, which stands in each side's own queue.
 */
export async function wrongIn(database: RunDatabase, count: number): Promise<string[]> {
  const [all = {}] = await database.ask<Record<string, number>>(FOUND);
  const found = Object.fromEntries(
    Object.entries(all).map(([name, n]) => [name, n - (database.past[name] ?? 0)]),
  );
  const wanted: Record<string, number> = {
    requests: count,
    routed: count,
    'requests with an answer window': count,
    draws: count,
    'requests with three matches': count,
    'matches with their deal': 3 * count,
    deals: 3 * count,
    'deals opened on record': 3 * count,
    disclosures: 3 * count,
    'live leads': 3 * count,
    mails: 4 * count,
    'mails to clients, sent at the first attempt': count,
    'mails to partners, sent at the first attempt': 3 * count,
    'tokens of intake': count,
    'tokens in mails': count,
  };
  return differences(wanted, found);
}

/** Terna's own promises: nothing is left but one follow-up for each request, a third of its window away. */
export async function wrongInOutbox(database: RunDatabase, count: number): Promise<string[]> {
  const [found = {}] = await database.ask<Record<string, number>>(`
    select count(*) filter (where job = 'follow-up' and r.status = 'routed'
        and run_at - o.created_at between interval '1 ms' and answer_due_at - o.created_at)::int as "follow-ups",
      count(*) filter (where job <> 'follow-up' and key is null)::int as "other promises"
    from outbox o left join requests r on r.id::text = o.payload ->> 'requestId'`);
  return differences({ 'follow-ups': count, 'other promises': 0 }, found);
}

/** What is wrong still, a while after the last mail: what is written down about it comes after it. */
export async function stillWrong(check: () => Promise<string[]>, withinMs = 3_000): Promise<string[]> {
  const end = Date.now() + withinMs;
  for (;;) {
    const wrong = await check();
    if (wrong.length === 0 || Date.now() > end) return wrong;
    await pause(100);
  }
}

/** Says what differs, in words. */
export function differences(wanted: Record<string, number>, found: Record<string, number>): string[] {
  return Object.entries(wanted).flatMap(([name, value]) =>
    Number(found[name]) === value ? [] : [`${name}: ${found[name]} instead of ${value}`],
  );
}

/** What is there, of all times. */
export const FOUND = `
select
  (select count(*) from requests)::int as requests,
  (select count(*) from requests where status = 'routed')::int as routed,
  (select count(*) from requests where answer_due_at is not null)::int as "requests with an answer window",
  (select count(*) from draws)::int as draws,
  (select count(*) from (select from matches group by request_id having count(distinct partner_id) = 3) as three)::int
    as "requests with three matches",
  (select count(*) from matches m join deals d on d.id = m.id and d.request_id = m.request_id
    and d.partner_id = m.partner_id)::int as "matches with their deal",
  (select count(*) from deals)::int as deals,
  (select count(distinct deal_id) from deal_events where event = 'opened')::int as "deals opened on record",
  (select count(*) from disclosures)::int as disclosures,
  (select sum(live_leads) from partners)::int as "live leads",
  (select count(*) from emails)::int as mails,
  (select count(*) from emails where template = 'request-routed' and status = 'sent' and attempts = 1
    and not uncertain)::int as "mails to clients, sent at the first attempt",
  (select count(distinct match_id) from emails where template = 'lead-new' and status = 'sent' and attempts = 1
    and not uncertain)::int as "mails to partners, sent at the first attempt",
  (select count(*) from access_tokens where not mailed)::int as "tokens of intake",
  (select count(*) from access_tokens where mailed)::int as "tokens in mails"`;
