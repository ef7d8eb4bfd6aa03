import { unchecked } from './unchecked.ts';

type Ask = (sql: string, values?: unknown[]) => Promise<unknown>;

export interface Past {
  requests: number;
  /** How many partners there are, made by catalog.ts. */
  partners: number;
  /** The first request came in so many days ago, the last one so many. */
  fromDays: number;
  toDays: number;
  /** Numbers of requests that are taken already. */
  after?: number;
}

/** What a request of the past leaves: itself, its draw and two tokens, three of each of four, four mails. */
export const ROWS_OF_A_REQUEST = 20;

const AT_ONCE = 25_000;

/**
 * Requests that are over, with all that they left: three deals lost, four mails sent. A database without a past would
 * plan its statements for empty tables, and they would stay so for as long as a run lasts.
 * @param say hears how many requests are made
 */
export async function makeHistory(ask: Ask, past: Past, say?: (made: number) => void): Promise<void> {
  for (let made = 0; made < past.requests; ) {
    const count = Math.min(AT_ONCE, past.requests - made);
    await ask(unchecked(requestsOf(past, made, count), ...HISTORY));
    made += count;
    say?.(made);
  }
  for (const table of TABLES) await ask(`vacuum (analyze, freeze) ${table}`);
}

const TABLES =
  'requests, draws, matches, deals, deal_events, disclosures, emails, access_tokens, outbox, admins'.split(
    ', ',
  );

/** An id as old as the row: 48 bits of time, and then what makes it different. */
const id = (seed: string) =>
  `(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || left(md5(${seed}), 20))::uuid`;

const requestsOf = (
  { requests, partners, fromDays, toDays, after = 0 }: Past,
  made: number,
  count: number,
) => `
create temporary table past on commit drop as
select no, at, ${id(`'request ' || no`)} as id, ${partners} as partners, abs(hashtext('past ' || no)::bigint) as h
from generate_series(${after + made + 1}, ${after + made + count}) as no,
  cast(now() - interval '${fromDays} days'
    + (no - ${after}) * interval '${fromDays - toDays} days' / ${requests} as timestamptz) as at`;

const HISTORY = [
  `create temporary table past_matches on commit drop as
   select no, k, at, past.id as request_id, ${id(`'match ' || no || ' ' || k`)} as id,
     md5('partner ' || 1 + (h + k) % partners)::uuid as partner_id
   from past, generate_series(1, 3) as k`,
  'create index on past_matches (no)',
  'analyze past, past_matches',
  `insert into requests (id, mode, status, client_name, client_email, client_phone, locale, title, description,
     budget_amount, budget_currency, services, answer_due_at, created_at)
   select id, 'automated', 'completed', 'Client ' || no, 'past-' || no || '@load.example', '+55 11 5555 0100', 'pt-BR',
     'CRM for shop ' || no, repeat('Dois funis e um formulário. ', 4), 1500, 'BRL', '{crm-setup}', at + interval '3 days', at
   from past`,
  `insert into draws (request_id, no, policy, policy_version, seed, eligible, candidates, picked, created_at)
   select past.id, 1, 'balanced', 1, past.id || '/1', 500,
     (select jsonb_agg(jsonb_build_object('id', md5(past.no || ' ' || c)::uuid, 'weight', 1000000 + c))
      from generate_series(1, 24) as c),
     array(select partner_id from past_matches m where m.no = past.no), at
   from past`,
  `insert into matches (id, request_id, partner_id, draw_no, reasons, created_at)
   select id, request_id, partner_id, 1, '[{"code": "services", "services": ["crm-setup"]}, {"code": "newcomer"}]', at
   from past_matches`,
  `insert into deals (id, request_id, partner_id, pipeline_id, stage_id, kind, lost_reason, moved_at, created_at)
   select m.id, request_id, m.partner_id, l.id, s.id, 'lost', 'other', at, at
   from past_matches m join pipelines l on l.partner_id = m.partner_id
   join stages s on s.pipeline_id = l.id and s.kind = 'lost'`,
  `insert into deal_events (id, deal_id, actor, event, created_at)
   select ${id(`'event ' || no || ' ' || k`)}, id, 'system', 'opened', at from past_matches`,
  `insert into disclosures (match_id, request_id, partner_id, what, at)
   select id, request_id, partner_id, '{name,email,phone,project}', at from past_matches`,
  `insert into emails (id, template, purpose, request_id, partner_id, match_id, window_no, status, attempts, sent_at, created_at)
   select ${id(`'lead-new ' || no || ' ' || k`)}, 'lead-new', 'lead-new', request_id, partner_id, id, 1, 'sent', 1, at, at
   from past_matches
   union all
   select ${id(`'request-routed ' || no`)}, 'request-routed', 'request-routed', id, null, null, 1, 'sent', 1, at, at
   from past`,
  `insert into access_tokens (hash, purpose, subject_id, mailed, expires_at, created_at)
   select sha256(convert_to(mailed || ' ' || no, 'UTF8')), 'request', id, mailed, at + interval '180 days', at
   from past, unnest(array[true, false]) as mailed`,
];
