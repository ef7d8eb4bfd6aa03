import type { Knex } from 'knex';

/** Typing mistakes in the catalog's search (db/partner-search.ts). pg_trgm is trusted: no superuser needed. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create extension if not exists pg_trgm;
create index partners_by_search on partners using gin (search_text gin_trgm_ops) where listed;`);
}

/** The extension stays: others in the database may use it. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index partners_by_search;');
}
