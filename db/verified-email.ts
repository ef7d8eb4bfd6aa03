import type { Sql } from './connect.ts';

/** The client of this request has shown that it reads its mail; the first time counts. */
export async function verifyEmail(sql: Sql, requestId: string): Promise<void> {
  await sql.query(
    'update requests set email_verified_at = now() where id = $1 and email_verified_at is null',
    [requestId],
  );
}
