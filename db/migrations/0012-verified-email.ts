import type { Knex } from 'knex';

/**
 * Which tokens went to their owners by mail, and when the client of a request acted with one of those: then it reads
 * the mailbox that it named. Links to review and to sign in were never given in another way; of older links to
 * requests nobody knows, and they prove nothing.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
alter table access_tokens add column mailed boolean not null default false;
update access_tokens set mailed = true where purpose in ('feedback', 'sign-in');

alter table requests add column email_verified_at timestamptz;
-- Who wrote a review had the link of its mail.
update requests r set email_verified_at = v.at
from (select d.request_id, min(v.created_at) as at from reviews v join deals d on d.id = v.deal_id group by 1) v
where r.id = v.request_id;`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
alter table requests drop column email_verified_at;
alter table access_tokens drop column mailed;`);
}
