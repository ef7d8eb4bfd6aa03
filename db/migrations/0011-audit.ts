import type { Knex } from 'knex';

/**
 * What administrators and operators did, and an index for what operators look at. A row is written with the change, and stays as it is until it is old
 * enough to be purged. It holds ids and names of fields, nothing personal: no names, texts, or network addresses.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create table audit_log (
  id uuid primary key,
  at timestamptz not null default now(),
  -- admin: somebody signed in; key: a program with an administrators' API key; operator: by password; cli: the command line
  actor text not null check (actor in ('admin', 'key', 'operator', 'cli')),
  -- the administrator or the key. No reference: what was done stays known when they are gone.
  actor_id uuid,
  action text collate "C" not null check (action ~ '^[a-z-]+\\.[a-z-]+$'),
  subject text not null check (subject ~ '^[a-z-]+$'),
  -- text: queues have names, not ids
  subject_id text collate "C" check (char_length(subject_id) <= 200),
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
  -- begun: the change is not in this database, and how it ended is written afterwards, if anybody lives to do so
  outcome text not null default 'done' check (outcome in ('begun', 'done', 'failed')),
  check ((actor in ('admin', 'key')) = (actor_id is not null))
);
create index audit_log_by_action on audit_log (action, id);
create index audit_log_by_actor on audit_log (actor, actor_id, id);
create index audit_log_by_subject on audit_log (subject_id, id);
create index audit_log_by_time on audit_log (at);

-- Holds for every statement of the application, not against whoever owns the table.
create function keep_audit_log() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.at < now() - interval '90 days' then
    return old;
  end if;
  if tg_op = 'UPDATE' and old.outcome = 'begun' then
    old.outcome := new.outcome;
    if new is not distinct from old then
      return new;
    end if;
  end if;
  raise exception 'audit_log is append-only' using errcode = 'insufficient_privilege',
    hint = 'Rows younger than 90 days are not deleted, and none is changed; see RETENTION_AUDIT.';
end $$;
create trigger audit_log_kept before update or delete on audit_log for each row execute function keep_audit_log();
create trigger audit_log_not_emptied before truncate on audit_log execute function keep_audit_log();

-- What the sweeper has found overdue, for /metrics. No other job is ever in it.
create index outbox_overdue on outbox (run_at) where failed_at is null and sweeps > 0;`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index outbox_overdue; drop table audit_log; drop function keep_audit_log;');
}
