type Ask = (sql: string, values?: unknown[]) => Promise<unknown>;

/**
 * Requests of the last 60 days that are over, with all that they left: three deals lost, four mails sent. A database
 * without a past would plan its statements for empty tables, and they would stay so for as long as a run lasts.
 * @param partners how many there are, made by catalog.ts
 */
export async function makeHistory(ask: Ask, requests: number, partners: number): Promise<void> {
  await ask(PAST, [requests, partners]);
  for (const statement of HISTORY) await ask(statement);
  await ask('drop table past_matches, past');
  for (const table of TABLES) await ask(`vacuum (analyze, freeze) ${table}`);
}

const TABLES =
  'requests, draws, matches, deals, deal_events, disclosures, emails, access_tokens, outbox, admins'.split(
    ', ',
  );

/** An id as old as the row: 48 bits of time, and then what makes it different. */
const id = (seed: string) =>
  `(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || left(md5(${seed}), 20))::uuid`;

const PAST = `
create table past as
select no, at, ${id(`'request ' || no`)} as id, $2::int as partners, abs(hashtext('past ' || no)::bigint) as h
from generate_series(1, $1::int) as no,
  cast(now() - interval '60 days' + no * interval '59 days' / $1::int as timestamptz) as at`;

const HISTORY = [
  `create table past_matches as
   select no, k, at, past.id as request_id, ${id(`'match ' || no || ' ' || k`)} as id,
     md5('partner ' || 1 + (h + k) % partners)::uuid as partner_id
   from past, generate_series(1, 3) as k`,
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
