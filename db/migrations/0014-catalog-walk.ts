import type { Knex } from 'knex';

/**
 * A page of the catalog is found by a walk along partners in the catalog's order (db/catalog-pages.ts), in an index
 * that has all that filters are compared with; and names have a table of their own.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(NAMES);
  await knex.raw(WALKS);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
drop trigger partner_names_insert on partners;
drop trigger partner_names_update on partners;
drop function add_partner_names, change_partner_name;
drop table partner_names;
drop function fives;
drop index partners_in_order, partners_in_country, partners_by_facets;
create index partners_by_rank on partners ((-rank), id) where listed;
create index partners_by_facets on partners
  using gin (services, service_pairs(services), languages, country, type, tier, search_text gin_trgm_ops)
  with (gin_pending_list_limit = 256) where listed;`);
}

// The column rank stands in them beside -rank, by which they are sorted: Postgres reads an index alone only when it
// has each column that is spoken of. The old ones go last, for nobody reads partners from then on until the commit.
const WALKS = `
create index partners_in_order on partners ((-rank), id)
  include (rank, search_text, country, primary_language, type, tier, languages, services) where listed;
create index partners_in_country on partners (country, (-rank), id)
  include (rank, search_text, primary_language, type, tier, languages, services) where listed;
alter index partners_by_facets rename to partners_by_facets_and_names;
create index partners_by_facets on partners
  using gin (services, service_pairs(services), languages, primary_language, country, type, tier)
  with (gin_pending_list_limit = 256) where listed;
drop index partners_by_rank, partners_by_facets_and_names;
analyze partners;
`;

/** By threes: for less than five characters, and for what is written only alike (pg_trgm). */
export const NAME_INDEXES = `
create index partner_names_by_fives on partner_names using gin (fives(search_text));
create index partner_names_by_threes on partner_names using gin (search_text gin_trgm_ops);`;

const NAMES = `
-- Title and name of each partner, folded: partners.search_text once more. What the search needs to know of them is
-- fifty times what any other index has of a partner, and would be written anew with every change of a rank.
create table partner_names (
  partner_id uuid primary key references partners (id) on update cascade on delete cascade,
  search_text text not null
);

create function add_partner_names() returns trigger language plpgsql as $$
begin
  insert into partner_names (partner_id, search_text) select id, search_text from added;
  return null;
end $$;
create function change_partner_name() returns trigger language plpgsql as $$
begin
  update partner_names set search_text = new.search_text where partner_id = new.id;
  return null;
end $$;
create trigger partner_names_insert after insert on partners referencing new table as added
  for each statement execute function add_partner_names();
create trigger partner_names_update after update of search_text on partners for each row
  when (old.search_text <> new.search_text) execute function change_partner_name();

-- After the triggers: creating them has locked out writers, so no name is missed.
insert into partner_names (partner_id, search_text) select id, search_text from partners;

-- Any five characters in a row. Of a million names, hundreds have the same five, but ten thousands the same three.
create function fives(words text) returns text[] language sql immutable parallel safe as $$
  select array(select substr(words, place, 5) from generate_series(1, length(words) - 4) as place)
$$;
${NAME_INDEXES}
analyze partner_names;
`;
