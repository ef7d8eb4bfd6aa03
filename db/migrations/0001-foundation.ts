import type { Knex } from 'knex';

/**
 * The first schema. Ids are UUIDv7 made by the app. Money is numeric, instants are timestamptz by
 * Postgres's own clock. Words with a fixed set of values are text with a check: a new value is a
 * cheap migration, and a dump stays readable.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(CATALOG);
  await knex.raw(REQUESTS);
  await knex.raw(CRM);
  await knex.raw(MAIL);
  await knex.raw(ACCESS);
  await knex.raw(OUTBOX);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop table outbox, idempotency_keys, api_keys, access_tokens, captured_mails, emails,
    reviews, deals, stages, pipelines, matches, draws, requests, partners`);
}

const CATALOG = `
create table partners (
  id uuid primary key,
  slug text not null unique,
  title text not null,
  name text not null,
  about text not null default '',
  type text not null check (type in ('agency', 'freelancer')),
  tier text not null check (tier in ('registered', 'silver', 'gold', 'platinum')),
  country text not null check (country ~ '^[A-Z]{2}$'),
  primary_language text not null,
  languages text[] not null check (primary_language = any (languages)),
  services text[] not null,
  email text not null,
  locale text not null check (locale in ('en', 'pt-BR')),
  listed boolean not null default true,
  accepting boolean not null default true,
  -- the most live leads the partner wants; null: no limit
  capacity int check (capacity >= 0),
  -- how many live matches the partner has; changed only beside the matches and deals it counts
  live_leads int not null default 0 check (live_leads >= 0),
  completed_projects int not null default 0,
  review_count int not null default 0,
  rating_sum int not null default 0,
  rank double precision not null default 0,
  -- title and name, folded for searching (domain/fold.ts)
  search_text text not null,
  created_at timestamptz not null default now()
) with (fillfactor = 80);  -- room for live_leads to change in place

create index partners_by_rank on partners (rank desc, id) where listed;
create index partners_by_service on partners using gin (services) where listed;
`;

const REQUESTS = `
create table requests (
  id uuid primary key,
  mode text not null check (mode in ('automated', 'manual')),
  status text not null default 'received' check (status in
    ('received', 'unmatched', 'routed', 'answered', 'invited', 'chosen', 'completed', 'cancelled')),
  client_name text not null,
  client_email text not null,
  client_phone text,
  client_company text,
  locale text not null check (locale in ('en', 'pt-BR')),
  title text not null,
  description text not null,
  budget_amount numeric(14, 2),
  budget_currency text,
  deadline date,
  services text[] not null default '{}',
  country text,
  language text,
  partner_type text,
  tier text,
  partner_id uuid references partners (id),
  -- counts the answer windows of this request; mails are unique within one
  window_no int not null default 1,
  answer_due_at timestamptz,
  consented_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  check ((mode = 'manual') = (partner_id is not null))
);

create table draws (
  request_id uuid not null references requests (id) on delete cascade,
  no int not null,
  policy text not null,
  policy_version int not null,
  seed text not null,
  eligible int not null,
  -- [{id, weight}] in catalog order: with the seed, all that replaying the draw needs
  candidates jsonb not null,
  picked uuid[] not null,
  created_at timestamptz not null default now(),
  primary key (request_id, no)
);

create table matches (
  id uuid primary key,
  request_id uuid not null references requests (id) on delete cascade,
  partner_id uuid not null references partners (id),
  draw_no int,
  reasons jsonb not null,
  created_at timestamptz not null default now(),
  unique (request_id, partner_id)
);
create index matches_by_partner on matches (partner_id);
`;

const CRM = `
create table pipelines (
  id uuid primary key,
  partner_id uuid not null references partners (id) on delete cascade,
  name text not null,
  position int not null,
  created_at timestamptz not null default now(),
  unique (partner_id, position) deferrable
);

create table stages (
  id uuid primary key,
  pipeline_id uuid not null references pipelines (id) on delete cascade,
  name text not null,
  kind text not null check (kind in ('new', 'in_progress', 'won', 'lost')),
  position int not null,
  unique (pipeline_id, position) deferrable,
  unique (id, kind)
);

-- A deal is its match opened in the partner's pipeline: it has the match's id, so there is at most one.
create table deals (
  id uuid primary key references matches (id) on delete cascade,
  request_id uuid not null references requests (id) on delete cascade,
  partner_id uuid not null references partners (id),
  pipeline_id uuid not null references pipelines (id),
  stage_id uuid not null,
  kind text not null,
  version int not null default 1,
  lost_reason text,
  answered_at timestamptz,
  chosen_at timestamptz,
  moved_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  -- kind is the stage's kind, kept here for indexes; this key makes a difference impossible
  foreign key (stage_id, kind) references stages (id, kind) on update cascade
);
create index deals_by_partner on deals (partner_id, id desc);
create index deals_by_request on deals (request_id);
create index deals_by_stage on deals (stage_id);

create table reviews (
  id uuid primary key,
  deal_id uuid not null unique references deals (id) on delete cascade,
  partner_id uuid not null references partners (id),
  rating int not null check (rating between 1 and 5),
  comment text not null,
  author text not null,
  reply text,
  replied_at timestamptz,
  hidden_at timestamptz,
  hidden_reason text,
  created_at timestamptz not null default now()
);
create index reviews_by_partner on reviews (partner_id, id desc);
`;

const MAIL = `
create table emails (
  id uuid primary key,
  template text not null,
  request_id uuid references requests (id) on delete cascade,
  -- the partner it goes to; null: the client of the request
  partner_id uuid references partners (id),
  match_id uuid references matches (id) on delete cascade,
  window_no int not null default 0,
  -- pending -> sending (claimed) -> sent | failed; superseded before it was sent
  status text not null default 'pending' check (status in ('pending', 'sending', 'sent', 'failed', 'superseded')),
  attempts int not null default 0,
  -- an attempt ended without anybody knowing whether the server took the mail (RFC 1047)
  uncertain boolean not null default false,
  error text,
  sent_at timestamptz,
  created_at timestamptz not null default now(),
  unique nulls not distinct (request_id, template, window_no, partner_id)
);

create table captured_mails (
  id uuid primary key,
  email_id uuid not null references emails (id) on delete cascade,
  recipient text not null,
  subject text not null,
  text text not null,
  html text not null,
  template text not null,
  locale text not null,
  created_at timestamptz not null default now()
);
create index captured_mails_newest on captured_mails (id desc);
create index captured_mails_by_recipient on captured_mails (lower(recipient), id desc);
`;

const ACCESS = `
-- Links and tokens: only the SHA-256 is kept. Several may be valid for one subject.
create table access_tokens (
  hash bytea primary key,
  purpose text not null check (purpose in ('request', 'feedback', 'sign-in')),
  subject_id uuid not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index access_tokens_expiry on access_tokens (expires_at);

create table api_keys (
  id uuid primary key,
  hash bytea not null unique,
  -- the first characters, to tell keys apart in lists
  prefix text not null,
  role text not null check (role in ('partner', 'admin')),
  partner_id uuid references partners (id) on delete cascade,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  check ((role = 'partner') = (partner_id is not null))
);

create table idempotency_keys (
  key_hash bytea primary key,
  body_hash bytea not null,
  request_id uuid not null references requests (id) on delete cascade,
  created_at timestamptz not null default now()
);
create index idempotency_keys_age on idempotency_keys (created_at);
`;

const OUTBOX = `
-- The jobs that are promised and not yet done. A row goes in the transaction of the job's effects.
create table outbox (
  id uuid primary key,
  job text not null,
  payload jsonb not null,
  run_at timestamptz not null,
  -- recurring work: one row per kind and period
  key text unique,
  attempts int not null default 0,
  -- how often the job was started alone after a stall and took its process down or froze in it
  crashes int not null default 0,
  error text,
  failed_at timestamptz,
  -- jobs with outside effects: who performs it now, and until when nobody else may
  lease uuid,
  lease_until timestamptz,
  -- when the sweeper looks at the row next, and how often it has
  sweep_at timestamptz not null,
  sweeps int not null default 0,
  created_at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0.02);  -- rows live for milliseconds: vacuum early
create index outbox_to_sweep on outbox (sweep_at) where failed_at is null;
create index outbox_failed on outbox (failed_at desc) where failed_at is not null;
`;
