import type { Plant } from './system.ts';

/** A bug, and what the verdict must say of it. */
export interface PlantedBug extends Plant {
  name: string;
  says: RegExp;
}

const trigger = (name: string, when: string, body: string) => `
  create function harness.${name}() returns trigger language plpgsql as $$ begin ${body} end $$;
  create ${when} for each row execute function harness.${name}();`;
const before = (name: string, on: string, body: string) =>
  trigger(name, `trigger ${name} before ${on}`, body);
/** At the very end of the transaction, when the program has had its say. */
const late = (name: string, on: string, body: string) =>
  trigger(name, `constraint trigger ${name} after ${on} deferrable initially deferred`, body);

const dropped = (name: string, job: string) =>
  before(name, 'insert on public.outbox', `if new.job = '${job}' then return null; end if; return new;`);

/** One bug for each thing that the verdict can say, in groups that do not hide one another. */
export const PLANTS: PlantedBug[][] = [
  [
    {
      name: 'some requests are forgotten after their 202',
      sql: late(
        'forget',
        'insert on public.requests',
        `if random() < 0.2 then delete from public.requests where id = new.id; end if; return null;`,
      ),
      says: /^accepted or acknowledged, and lost/,
    },
    {
      name: 'draws are written down wrongly',
      sql: before('misdraw', 'insert on public.draws', `new.seed := new.seed || '?'; return new;`),
      says: /does not replay/,
    },
    {
      name: 'deals are opened twice',
      sql: late(
        'open_twice',
        'insert on public.deals',
        `insert into public.deal_events (id, deal_id, actor, event) values (gen_random_uuid(), new.id, 'system', 'opened');
         return null;`,
      ),
      says: /^a deal was opened twice/,
    },
    {
      name: 'nobody asks for feedback',
      sql: dropped('no_feedback', 'request-feedback'),
      says: /^a deal is won, and feedback was never asked for/,
    },
    {
      name: 'some mails count as sent that nobody sent',
      sql: before(
        'unsent',
        'insert on public.emails',
        `if new.template = 'lead-new' and random() < 0.2 then new.status := 'sent'; end if; return new;`,
      ),
      says: /^accepted or acknowledged, and lost/,
    },
  ],
  [
    {
      name: 'some requests are never matched',
      sql: before(
        'unmatched',
        'insert on public.outbox',
        `if new.job = 'match-request' and random() < 0.2 then return null; end if; return new;`,
      ),
      says: /^a request is neither matched, nor unmatched, nor failed/,
    },
    {
      name: 'some promises sleep for ever',
      sql: before(
        'asleep',
        'insert on public.outbox',
        `if new.job = 'send-email' and random() < 0.1 then new.run_at := now() + interval '10 days'; end if; return new;`,
      ),
      says: /^asleep without a wake-up/,
    },
    {
      name: 'mails are sent again as if they had not been',
      sql: `create table harness.sent_once (id uuid primary key);
        ${late(
          'send_again',
          'update on public.emails',
          `if new.status = 'sent' and not exists (select from harness.sent_once where id = new.id) then
             insert into harness.sent_once values (new.id);
             update public.emails set status = 'pending' where id = new.id;
             insert into public.outbox (id, job, payload, run_at, sweep_at)
             values (gen_random_uuid(), 'send-email', jsonb_build_object('emailId', new.id), now(), now());
           end if; return null;`,
        )}`,
      says: /^a mail was sent twice and is not flagged/,
    },
    {
      name: 'nobody counts live leads',
      // Where everybody has room for one lead only, somebody is sure to have two at once in the end.
      sql: `update public.partners set capacity = 1;
        ${before('uncounted', 'update on public.partners', 'new.live_leads := 0; return new;')}`,
      says: /^drawn beyond capacity/,
    },
    {
      name: 'ranks are not computed',
      sql: dropped('no_ranks', 'recompute-ranks'),
      says: /^a record of a partner is not what its deals and reviews add up to/,
    },
  ],
  [
    {
      name: 'windows end early',
      sql: before(
        'hasty',
        'update on public.requests',
        `if new.status = 'routed' then new.answer_due_at := now() + interval '1 second'; end if; return new;`,
      ),
      says: /^a client was invited before the time/,
    },
    {
      name: 'what a partner was told does not last',
      sql: late(
        'forgetful',
        'update on public.deals',
        `if new.version = old.version + 1 then update public.deals set version = 0 where id = new.id; end if; return null;`,
      ),
      says: /^accepted or acknowledged, and lost/,
    },
    {
      name: 'mails are promised twice',
      sql: `alter table public.emails drop constraint emails_request_id_purpose_window_no_partner_id_key;
        create unique index on public.emails (request_id, purpose, window_no, partner_id) where attempts > 99;
        ${late(
          'mail_twice',
          'insert on public.emails',
          `if new.template = 'lead-new' and new.status <> 'superseded' then
             insert into public.emails (id, template, purpose, request_id, partner_id, match_id, window_no, status)
             values (gen_random_uuid(), new.template, new.purpose, new.request_id, new.partner_id, new.match_id, new.window_no, 'superseded');
           end if; return null;`,
        )}`,
      rewrite: [
        ['on conflict (request_id, purpose, window_no, partner_id) do nothing', 'on conflict do nothing'],
      ],
      says: /^a mail is there twice/,
    },
    {
      name: 'deals are reviewed twice',
      sql: `alter table public.reviews drop constraint reviews_deal_id_key;
        ${late(
          'review_twice',
          'update on public.deals',
          `if new.kind = 'won' then
             insert into public.reviews (id, deal_id, partner_id, rating, comment, author)
             select gen_random_uuid(), new.id, new.partner_id, 5, 'Again', 'A' from generate_series(1, 2);
           end if; return null;`,
        )}`,
      says: /^a deal was reviewed twice/,
    },
    {
      name: 'a fourth partner is asked',
      sql: late(
        'fourth',
        'insert on public.draws',
        `with asked as (
           insert into public.matches (id, request_id, partner_id, draw_no, reasons)
           select gen_random_uuid(), new.request_id, p.id, new.no, '[]' from public.partners p
           where not exists (select from public.matches m where m.request_id = new.request_id and m.partner_id = p.id)
           limit 1 returning partner_id)
         update public.partners set live_leads = live_leads + 1 where id in (select partner_id from asked);
         return null;`,
      ),
      says: /^more than three live matches made by the system/,
    },
  ],
  [
    {
      name: 'invitations take their time, and nobody looks again before one goes out',
      sql: before(
        'dawdle',
        'insert on public.outbox',
        `if new.job = 'send-email' and exists (select from public.emails e
           where e.id::text = new.payload ->> 'emailId' and e.template = 'invitation')
         then new.run_at := now() + interval '4 seconds'; end if; return new;`,
      ),
      rewrite: [
        [
          `when 'invitation' then r.status <> 'invited' or r.window_no <> e.window_no`,
          `when 'invitation' then false`,
        ],
        [`template = any ($2) and status = 'pending'`, `template = any ($2) and status = 'nothing'`],
      ],
      says: /^an invitation was sent after somebody had answered/,
    },
  ],
];
