import type { Knex } from 'knex';

/**
 * Who wrote how often lately, where no Redis counts it. Unlogged: it is written at every write of others, no
 * commit waits for the disk, and after a crash of Postgres everybody begins anew.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
create unlogged table rate_limits (
  -- a hash: no address, key or mailbox is in clear text here
  key text collate "C" primary key,
  hits int not null,
  -- the window began with its first hit; rows are overwritten or deleted after its end
  ends_at timestamptz not null
)
-- A row changes often and no index has what changes: with room on its page the old versions go at once.
with (fillfactor = 50);`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table rate_limits;');
}
