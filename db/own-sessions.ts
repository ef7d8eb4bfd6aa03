import type { Sql } from './connect.ts';
import { type Device, GOES_ON } from './sessions.ts';

/** A session as its owner sees it in a list. */
export interface SessionView extends Device {
  id: string;
  createdAt: Date;
  /** A few minutes old at most: not every use is written. */
  lastUsedAt: Date;
}

/** A partner's or an administrator's sessions that go on, the one used last first. */
export function ownSessions(sql: Sql, personId: string, limit: number): Promise<SessionView[]> {
  return sql.query<SessionView>(
    `select s.id, s.browser, s.system, s.created_at as "createdAt", s.last_used_at as "lastUsedAt"
     from sessions s where (s.partner_id = $1 or s.admin_id = $1) and ${GOES_ON}
     order by s.last_used_at desc, s.id desc limit $2`,
    [personId, limit],
  );
}

/**
 * Signs a person out of one session.
 * @returns false when it has no such session
 */
export async function endOwnSession(sql: Sql, personId: string, id: string): Promise<boolean> {
  const rows = await sql.query(
    'delete from sessions where id = $1 and (partner_id = $2 or admin_id = $2) returning id',
    [id, personId],
  );
  return rows.length > 0;
}

/**
 * Signs a person out in all browsers; the links that it was mailed to sign in with are worth nothing, either.
 * The links go first: one that is being used at this moment is a session by then.
 */
export async function endSessions(sql: Sql, personId: string): Promise<void> {
  await sql.query("delete from access_tokens where purpose = 'sign-in' and subject_id = $1", [personId]);
  await sql.query('delete from sessions where partner_id = $1 or admin_id = $1', [personId]);
}
