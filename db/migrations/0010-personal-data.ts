import type { Knex } from 'knex';

/**
 * Which words a client agreed to, which partners got to see its details, and what is needed to erase both people
 * and what is old without reading a table from end to end.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(COLUMNS);
  await knex.raw(DISCLOSURES);
  await knex.raw(INDEXES);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
drop index captured_mails_by_email, emails_about_no_request, emails_with_error, idempotency_keys_by_request,
  access_tokens_by_subject;
create index access_tokens_sign_in on access_tokens (subject_id) where purpose = 'sign-in';
drop table disclosures;
alter table partners drop column erased_at;
alter table requests drop column consent_version, drop column erased_at, drop column active_at;`);
}

const COLUMNS = `
alter table requests
  -- of the words that were agreed to (locales/consent.ts); null: from before versions were written down
  add column consent_version text check (char_length(consent_version) <= 40),
  -- since then nothing in it says whose it was
  add column erased_at timestamptz,
  -- something happened to it then, and maybe later: the purge of old requests looks again, and writes down what it
  -- saw. null: it has not looked, and created_at counts.
  add column active_at timestamptz;
create index requests_by_client on requests (lower(client_email)) where erased_at is null;
create index requests_by_activity on requests (coalesce(active_at, created_at)) where erased_at is null;

alter table partners add column erased_at timestamptz;
-- Few, and every mail that is sent is held against them.
create index partners_erased on partners (id) where erased_at is not null;
`;

// Ids only, so it outlives the erasure of both. No references: opening a deal locks no more rows for it.
const DISCLOSURES = `
-- A partner got to see a client's details: the deal was opened in its pipeline.
create table disclosures (
  -- the match, which is the deal
  match_id uuid primary key,
  request_id uuid not null,
  partner_id uuid not null,
  what text[] not null check (what <@ '{name,email,phone,company,project}'),
  -- of the words that the client had agreed to
  consent_version text check (char_length(consent_version) <= 40),
  at timestamptz not null default now()
);
create index disclosures_by_request on disclosures (request_id);
insert into disclosures (match_id, request_id, partner_id, what, at)
select d.id, d.request_id, d.partner_id, array_remove(array['name', 'email',
  case when r.client_phone is not null then 'phone' end, case when r.client_company is not null then 'company' end,
  'project'], null), d.created_at
from deals d join requests r on r.id = d.request_id;
`;

const INDEXES = `
create index captured_mails_by_email on captured_mails (email_id);
create index emails_about_no_request on emails (id) where request_id is null;
create index emails_with_error on emails (id) where error is not null;
create index idempotency_keys_by_request on idempotency_keys (request_id);
-- takes the place of access_tokens_sign_in
create index access_tokens_by_subject on access_tokens (subject_id);
drop index access_tokens_sign_in;
`;
