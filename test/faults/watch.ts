/**
 * What the harness lets Postgres write down while the program works, in a schema of its own: who was in which
 * state when, in the order of commits (`track_commit_timestamp`). The program knows nothing of it.
 */
export const WATCH = `
create schema harness;

-- Every state that a request was in, as of the end of the transaction that brought it there.
create table harness.states (
  no bigint generated always as identity,
  request_id uuid not null,
  status text not null,
  window_no int not null,
  live int not null,
  began timestamptz not null default now()
);
create function harness.note_state() returns trigger language plpgsql as $$
begin
  insert into harness.states (request_id, status, window_no, live)
  select new.id, new.status, new.window_no, count(*) from public.matches m left join public.deals d on d.id = m.id
  where m.request_id = new.id and m.dropped_at is null and coalesce(d.kind, 'new') in ('new', 'in_progress');
  return null;
end $$;
create constraint trigger note_state after insert or update of status, window_no on public.requests
  deferrable initially deferred for each row execute function harness.note_state();

-- Every time that somebody claimed a mail to send it.
create table harness.claims (email_id uuid not null, request_id uuid, template text not null, window_no int not null);
create function harness.note_claim() returns trigger language plpgsql as $$
begin
  insert into harness.claims values (new.id, new.request_id, new.template, new.window_no);
  return null;
end $$;
create trigger note_claim after update on public.emails for each row
  when (new.status = 'sending') execute function harness.note_claim();

-- While there is a row, some of what touches the outbox fails with its code.
create table harness.mischief (code text not null, share float8 not null);
create function harness.be_mischievous() returns trigger language plpgsql as $$
declare wanted text;
begin
  select code into wanted from harness.mischief where random() < share limit 1;
  if wanted is not null then raise exception 'planted by the harness' using errcode = wanted; end if;
  return null;
end $$;
create trigger mischief after insert or delete on public.outbox for each statement
  execute function harness.be_mischievous();

create index on harness.states (request_id);
create index on harness.claims (request_id);
`;
