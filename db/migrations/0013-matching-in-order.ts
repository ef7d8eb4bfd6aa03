import type { Knex } from 'knex';

/**
 * Matching walks along the best open partners and stops at the 24th that meets all wishes (db/candidates.ts). Each
 * index has all that wishes are compared with, so no row is read for a partner that does not meet them; but not
 * `live_leads`, which changes with every lead: while a partner stays open, its row changes in place.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
alter table partners add column open boolean not null generated always as
  (listed and accepting and (capacity is null or live_leads < capacity)) stored;
create index partners_open on partners (rank desc, id)
  include (services, languages, primary_language, type, tier) where open;
create index partners_open_in_country on partners (country, rank desc, id)
  include (services, languages, primary_language, type, tier) where open;

-- Services that many offer but hardly anybody together: by pairs, the index has those few at hand.
create function service_pairs(services text[]) returns text[] language sql immutable parallel safe as $$
  select array(select a || ' ' || b from unnest(services) as a, unnest(services) as b where a < b)
$$;
drop index partners_by_facets;
create index partners_by_facets on partners
  using gin (services, service_pairs(services), languages, country, type, tier, search_text gin_trgm_ops)
  with (gin_pending_list_limit = 256) where listed;

-- Eligible partners are not counted to the end in a large catalog.
alter table draws add column eligible_or_more boolean not null default false;
update draws set eligible_or_more = true where eligible >= 1000;
analyze partners;`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
alter table draws drop column eligible_or_more;
drop index partners_by_facets;
create index partners_by_facets on partners
  using gin (services, languages, country, type, tier, search_text gin_trgm_ops)
  with (gin_pending_list_limit = 256) where listed;
drop function service_pairs;
drop index partners_open, partners_open_in_country;
alter table partners drop column open;`);
}
