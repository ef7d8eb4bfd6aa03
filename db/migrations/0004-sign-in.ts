import type { Knex } from 'knex';

/** Administrators, sessions, and mails that belong to no request. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create table admins (
  id uuid primary key,
  email text not null,
  name text not null,
  locale text not null check (locale in ('en', 'pt-BR')),
  created_at timestamptz not null default now()
);
create unique index admins_by_email on admins (lower(email));
create index partners_by_email on partners (lower(email));

alter table emails add column admin_id uuid references admins (id) on delete cascade;

-- A person signed in. Only the token's SHA-256 is kept.
create table sessions (
  id uuid primary key,
  hash bytea not null unique,
  partner_id uuid references partners (id) on delete cascade,
  admin_id uuid references admins (id) on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  check ((partner_id is null) <> (admin_id is null))
);
create index sessions_expiry on sessions (expires_at);`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
drop table sessions;
alter table emails drop column admin_id;
drop index partners_by_email;
drop table admins;`);
}
