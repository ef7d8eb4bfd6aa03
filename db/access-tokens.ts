import { createHash, randomBytes } from 'node:crypto';
import type { Sql } from './connect.ts';

export type Purpose = 'request' | 'feedback' | 'sign-in';

/** A fresh secret for a link or a bearer: 256 random bits. Only its hash is ever stored. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * Makes tokens valid for their subjects; earlier ones stay valid until they expire.
 * @param mailed they go out by mail and in no other way: whoever shows one reads that mailbox
 */
export async function insertTokens(
  sql: Sql,
  purpose: Purpose,
  tokens: { token: string; subjectId: string }[],
  validMs: number,
  mailed = false,
): Promise<void> {
  if (tokens.length === 0) return;
  await sql.query(
    `insert into access_tokens (hash, purpose, subject_id, expires_at, mailed)
     select hash, $3, subject_id, now() + make_interval(secs => $4::float8 / 1000), $5
     from unnest($1::bytea[], $2::uuid[]) as minted (hash, subject_id)`,
    [
      tokens.map(({ token }) => hashToken(token)),
      tokens.map(({ subjectId }) => subjectId),
      purpose,
      validMs,
      mailed,
    ],
  );
}

/** What a token opens, and whether it went out by mail. */
export interface Opened {
  id: string;
  mailed: boolean;
}

/** What a token opens, or undefined when it is unknown, expired or for another purpose. */
export async function openedBy(sql: Sql, purpose: Purpose, token: string): Promise<Opened | undefined> {
  const [row] = await sql.query<Opened>(
    'select subject_id as id, mailed from access_tokens where hash = $1 and purpose = $2 and expires_at > now()',
    [hashToken(token), purpose],
  );
  return row;
}

/** The id of what a token opens, or undefined when it opens nothing. */
export async function subjectOf(sql: Sql, purpose: Purpose, token: string): Promise<string | undefined> {
  return (await openedBy(sql, purpose, token))?.id;
}
