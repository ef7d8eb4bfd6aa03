import type { Knex } from 'knex';

/** A partner's own keys, sessions and unused sign-in links, which its settings list and end. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create index api_keys_by_partner on api_keys (partner_id);
create index sessions_by_partner on sessions (partner_id);
create index access_tokens_sign_in on access_tokens (subject_id) where purpose = 'sign-in';`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index api_keys_by_partner, sessions_by_partner, access_tokens_sign_in;');
}
