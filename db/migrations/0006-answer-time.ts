import type { Knex } from 'knex';

/** How long a partner typically takes to answer, for the catalog. Filled when ranks are next recomputed. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
alter table partners
  -- the median of its latest answers; null: none yet
  add column answer_seconds int check (answer_seconds >= 0);`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table partners drop column answer_seconds;');
}
