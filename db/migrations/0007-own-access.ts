import type { Knex } from 'knex';

/** A partner's own keys and sessions, which its settings list and end. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create index api_keys_by_partner on api_keys (partner_id);
create index sessions_by_partner on sessions (partner_id);`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index api_keys_by_partner, sessions_by_partner;');
}
