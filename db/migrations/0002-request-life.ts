import type { Knex } from 'knex';

/** Choice, refusal and replacement, the deal's timeline, notifications, mails by purpose. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
alter table requests
  add column chosen_match_id uuid references matches (id),
  -- when the client was first invited to choose another partner: refused places are filled no more
  add column invited_at timestamptz,
  -- how many refused places were filled
  add column replacements int not null default 0;

alter table matches
  -- closed before it was opened as a deal
  add column dropped_at timestamptz,
  -- refused, and another partner was asked in its place
  add column refilled_at timestamptz;

-- which match was chosen is said by the request alone
alter table deals drop column chosen_at;
create index deals_unmoved on deals (moved_at) where kind in ('new', 'in_progress');

-- What happened to a deal, newest last: who did it, and what it was.
create table deal_events (
  id uuid primary key,
  deal_id uuid not null references deals (id) on delete cascade,
  actor text not null check (actor in ('client', 'partner', 'system')),
  event text not null check (event in ('opened', 'moved', 'reopened', 'chosen', 'closed', 'note', 'reviewed')),
  -- stages and reasons, by event; texts of notes
  data jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create index deal_events_by_deal on deal_events (deal_id, id);

-- One template may be sent for several purposes (the first and the second nudge).
alter table emails add column purpose text;
update emails set purpose = template;
alter table emails alter column purpose set not null,
  drop constraint emails_request_id_template_window_no_partner_id_key,
  add unique nulls not distinct (request_id, purpose, window_no, partner_id);

alter table partners
  add column notify_lead_new boolean not null default true,
  add column notify_lead_nudge boolean not null default true,
  add column notify_lead_closed boolean not null default true;`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
alter table partners drop column notify_lead_new, drop column notify_lead_nudge, drop column notify_lead_closed;
alter table emails drop column purpose,
  add unique nulls not distinct (request_id, template, window_no, partner_id);
drop table deal_events;
drop index deals_unmoved;
alter table deals add column chosen_at timestamptz;
alter table matches drop column dropped_at, drop column refilled_at;
alter table requests drop column chosen_match_id, drop column invited_at, drop column replacements;`);
}
