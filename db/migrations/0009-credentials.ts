import type { Knex } from 'knex';

/**
 * Sessions know where they began and when they were last used; API keys have a name, a scope and an end.
 * Sessions from before count as used just now, so nobody is signed out by an update.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
alter table sessions
  -- what the browser said at sign-in, as far as it was understood: Firefox, Windows
  add column browser text check (char_length(browser) <= 200),
  add column system text check (char_length(system) <= 200),
  -- the last use that was written: not every one is
  add column last_used_at timestamptz not null default now();
create index sessions_by_admin on sessions (admin_id) where admin_id is not null;

alter table api_keys
  add column name text check (char_length(name) between 1 and 80),
  add column scope text not null default 'write' check (scope in ('read', 'write')),
  -- for how long it was made; its replacement is made for as long
  add column days int check (days > 0),
  add column expires_at timestamptz,
  -- the last use that was written: not every one is
  add column last_used_at timestamptz,
  -- another one took its place: it works until expires_at
  add column replaced_at timestamptz;`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
drop index sessions_by_admin;
alter table sessions drop column browser, drop column system, drop column last_used_at;
alter table api_keys drop column name, drop column scope, drop column days, drop column expires_at,
  drop column last_used_at, drop column replaced_at;`);
}
