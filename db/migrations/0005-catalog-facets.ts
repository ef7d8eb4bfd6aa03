import type { Knex } from 'knex';

/**
 * The public catalog reads no table from end to end: its figures are kept, not counted (`catalog_counts`),
 * and two indexes find every page (db/partners.ts). btree_gin is trusted: no superuser needed.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(INDEXES);
  await knex.raw(COUNTS);
  await knex.raw(FUNCTIONS);
  await knex.raw(TRIGGERS);
  await knex.raw(FIRST_COUNT);
}

/** The extension stays: others in the database may use it. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
drop trigger catalog_counts_insert on partners;
drop trigger catalog_counts_delete on partners;
drop trigger catalog_counts_update on partners;
drop trigger catalog_counts_truncate on partners;
drop function count_partners_added, count_partners_removed, count_partner_changed, count_partners_truncated;
drop function catalog_facets;
drop table catalog_counts;
drop index partners_by_facets, partners_by_rank;
create index partners_by_rank on partners (rank desc, id) where listed;
create index partners_by_service on partners using gin (services) where listed;
create index partners_by_search on partners using gin (search_text gin_trgm_ops) where listed;`);
}

const INDEXES = `
create extension if not exists btree_gin;

-- Any combination of filters and search, met inside one index: only the partners that have all of it are read,
-- then sorted. Two indexes would not do: the planner never ANDs partial ones of the same condition. Takes the
-- place of partners_by_service and partners_by_search. Changes wait to be sorted in, as GIN has it, but 256 kB
-- at most and not 4 MB: every search reads them, and full, 4 MB cost a search as much, by the planner's
-- reckoning, as to read the whole table of 10,000 partners.
create index partners_by_facets on partners
  using gin (services, languages, country, type, tier, search_text gin_trgm_ops)
  with (gin_pending_list_limit = 256) where listed;
drop index partners_by_service, partners_by_search;

-- The catalog's order. Filters that many meet are checked along the way: the page is soon full. By -rank and
-- not rank desc, so that a cursor is one comparison of rows, (-rank, id) > (x, y), and the walk begins right
-- there. With rank desc it would begin at the first of the same rank, and all newcomers have the same.
drop index partners_by_rank;
create index partners_by_rank on partners ((-rank), id) where listed;
`;

const COUNTS = `
-- How many listed partners have each value of each filter, kept by triggers on partners. Values that
-- nobody has any more stay with 0.
create table catalog_counts (
  -- services, countries, languages, types, tiers; 'all' with the value '': every listed partner
  facet text not null,
  value text not null,
  n int not null,
  primary key (facet, value)
);
`;

// A change of counts begins with the row 'all', first in every order and always written, even if by 0. Whoever
// has it finds no other count locked, so two transactions cannot wait for each other's counts, however many
// statements each has. Catalog edits queue for it until commit; rank and live_leads are not edits.
const FUNCTIONS = `
create function catalog_facets(country text, languages text[], services text[], type text, tier text)
returns table (facet text, value text) language sql immutable as $$
  select 'all', '' union all select 'countries', country union all select 'types', type
  union all select 'tiers', tier
  -- distinct: nothing forbids an array to name a value twice
  union all select distinct 'languages', code from unnest(languages) as code
  union all select distinct 'services', slug from unnest(services) as slug
$$;

create function count_partners_added() returns trigger language plpgsql as $$
begin
  insert into catalog_counts as c (facet, value, n)
  select f.facet, f.value, count(*)
  from added p cross join catalog_facets(p.country, p.languages, p.services, p.type, p.tier) as f
  where p.listed group by 1, 2 order by 1, 2
  on conflict (facet, value) do update set n = c.n + excluded.n;
  return null;
end $$;

create function count_partners_removed() returns trigger language plpgsql as $$
begin
  insert into catalog_counts as c (facet, value, n)
  select f.facet, f.value, -count(*)
  from removed p cross join catalog_facets(p.country, p.languages, p.services, p.type, p.tier) as f
  where p.listed group by 1, 2 order by 1, 2
  on conflict (facet, value) do update set n = c.n + excluded.n;
  return null;
end $$;

create function count_partner_changed() returns trigger language plpgsql as $$
begin
  insert into catalog_counts as c (facet, value, n)
  select facet, value, sum(change)
  from (
    select f.*, -1 as change
    from catalog_facets(old.country, old.languages, old.services, old.type, old.tier) as f where old.listed
    union all
    select f.*, 1
    from catalog_facets(new.country, new.languages, new.services, new.type, new.tier) as f where new.listed
  ) as changes
  group by 1, 2 having sum(change) <> 0 or facet = 'all' order by 1, 2
  on conflict (facet, value) do update set n = c.n + excluded.n;
  return null;
end $$;

create function count_partners_truncated() returns trigger language plpgsql as $$
begin
  delete from catalog_counts;
  return null;
end $$;
`;

// Per statement, so that thousands of partners at once cost one upsert per value. Updates go by row: a
// trigger with columns can see no set of rows, and without columns each statement that changes ranks or
// live leads would collect its rows for nothing.
const TRIGGERS = `
create trigger catalog_counts_insert after insert on partners referencing new table as added
  for each statement execute function count_partners_added();
create trigger catalog_counts_delete after delete on partners referencing old table as removed
  for each statement execute function count_partners_removed();
create trigger catalog_counts_update
  after update of listed, country, languages, services, type, tier on partners for each row
  when ((old.listed or new.listed)
    and (old.listed, old.country, old.languages, old.services, old.type, old.tier)
      is distinct from (new.listed, new.country, new.languages, new.services, new.type, new.tier))
  execute function count_partner_changed();
create trigger catalog_counts_truncate after truncate on partners
  for each statement execute function count_partners_truncated();
`;

// After the triggers: creating them has locked out writers, so nobody is missed and nobody counted twice.
const FIRST_COUNT = `
insert into catalog_counts (facet, value, n)
select f.facet, f.value, count(*)
from partners p cross join catalog_facets(p.country, p.languages, p.services, p.type, p.tier) as f
where p.listed group by 1, 2;
analyze partners;
`;
