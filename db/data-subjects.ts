import { asciiAddress, plainAddress } from '../domain/email-address.ts';
import type { Sql } from './connect.ts';

/** That a column is the address that `$1` spells in two ways; case does not count. Indexes on `lower(...)` serve it. */
export const isTheirs = (column: string) =>
  `lower(${column}) in (lower(($1::text[])[1]), lower(($1::text[])[2]))`;

/** How an address may stand in the tables: with the domain in its own script, or in ASCII as it once was typed. */
export function spellingsOf(email: string): [string, string] {
  return [plainAddress(email), asciiAddress(email)];
}

/** Requests of a client with this address that have not been erased, oldest first. */
export async function requestsOfClient(sql: Sql, email: string, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    // Materialized: or else the planner may walk through all requests in the order of ids.
    `with theirs as materialized (
       select id from requests where ${isTheirs('client_email')} and erased_at is null)
     select id from theirs order by id limit $2`,
    [spellingsOf(email), limit],
  );
  return rows.map(({ id }) => id);
}

/** Partners with this address. Several may share one; one whose erasure was broken off still has it. */
export async function partnersByEmail(sql: Sql, email: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from partners where ${isTheirs('email')} order by id`,
    [spellingsOf(email)],
  );
  return rows.map(({ id }) => id);
}

/** The administrator with this address, if there is one. */
export async function adminByEmail(sql: Sql, email: string): Promise<string | undefined> {
  const [admin] = await sql.query<{ id: string }>(`select id from admins where ${isTheirs('email')}`, [
    spellingsOf(email),
  ]);
  return admin?.id;
}

/** Deletes an administrator, with its sessions and the mails it signed in by. */
export async function deleteAdmin(sql: Sql, id: string): Promise<void> {
  await sql.query("delete from access_tokens where purpose = 'sign-in' and subject_id = $1", [id]);
  await sql.query('delete from admins where id = $1', [id]);
}

/** Deletes kept mails to an address, whatever they were about. @returns how many there were */
export async function deleteCapturedTo(sql: Sql, email: string, limit: number): Promise<number> {
  const rows = await sql.query(
    `delete from captured_mails where id in (
       select id from captured_mails where ${isTheirs('recipient')} limit $2) returning id`,
    [spellingsOf(email), limit],
  );
  return rows.length;
}
