import { uuidv7 } from 'uuidv7';
import { hashToken, mintToken } from './access-tokens.ts';
import type { Principal } from './api-keys.ts';
import type { Sql } from './connect.ts';

/** Somebody who may sign in with this address. */
export interface Person {
  id: string;
  role: 'partner' | 'admin';
}

/** Everybody with an e-mail address: partners that share it, and an administrator. */
export function peopleByEmail(sql: Sql, email: string): Promise<Person[]> {
  return sql.query<Person>(
    `select id, 'partner' as role from partners where lower(email) = lower($1)
     union all select id, 'admin' from admins where lower(email) = lower($1) limit 10`,
    [email],
  );
}

/** How long a session lasts, in days. */
const SESSION_DAYS = 14;

/** A person signed in. The token is given once; only its hash is kept. */
export interface Session {
  token: string;
  role: 'partner' | 'admin';
  expiresAt: Date;
}

/**
 * Uses up a sign-in token and starts a session.
 * @returns undefined when the token is unknown, used or expired
 */
export async function startSession(sql: Sql, signInToken: string): Promise<Session | undefined> {
  const [used] = await sql.query<{ id: string }>(
    `delete from access_tokens where hash = $1 and purpose = 'sign-in' and expires_at > now()
     returning subject_id as id`,
    [hashToken(signInToken)],
  );
  if (!used) return undefined;
  const token = mintToken();
  const [session] = await sql.query<Omit<Session, 'token'>>(
    `insert into sessions (id, hash, partner_id, admin_id, expires_at)
     select $1, $2, p.id, a.id, now() + make_interval(days => $4)
     from (select $3::uuid as id) as person left join partners p using (id) left join admins a using (id)
     where p.id is not null or a.id is not null
     returning case when partner_id is null then 'admin' else 'partner' end as role, expires_at as "expiresAt"`,
    [uuidv7(), hashToken(token), used.id, SESSION_DAYS],
  );
  return session && { token, ...session };
}

/** Who is signed in with this token, or undefined when the session is unknown or over. */
export async function sessionPrincipal(sql: Sql, token: string): Promise<Principal | undefined> {
  const [session] = await sql.query<{ partnerId: string | null }>(
    'select partner_id as "partnerId" from sessions where hash = $1 and expires_at > now()',
    [hashToken(token)],
  );
  if (!session) return undefined;
  return session.partnerId === null ? { role: 'admin' } : { role: 'partner', partnerId: session.partnerId };
}

/** Somebody signed in, as pages greet them. */
export type SignedIn = { name: string } & (
  | { role: 'partner'; partnerId: string; slug: string }
  | { role: 'admin' }
);

/** Whose session this is, by name, or undefined when it is unknown or over. */
export async function signedIn(sql: Sql, token: string): Promise<SignedIn | undefined> {
  const [row] = await sql.query<{ name: string; partnerId: string | null; slug: string | null }>(
    `select coalesce(p.name, a.name) as name, p.id as "partnerId", p.slug from sessions s
     left join partners p on p.id = s.partner_id left join admins a on a.id = s.admin_id
     where s.hash = $1 and s.expires_at > now()`,
    [hashToken(token)],
  );
  if (!row) return undefined;
  const { name, partnerId, slug } = row;
  return partnerId !== null && slug !== null
    ? { name, role: 'partner', partnerId, slug }
    : { name, role: 'admin' };
}

/** Signs out. */
export async function endSession(sql: Sql, token: string): Promise<void> {
  await sql.query('delete from sessions where hash = $1', [hashToken(token)]);
}

/** In how many browsers a partner is signed in. */
export async function countSessions(sql: Sql, partnerId: string): Promise<number> {
  const [row] = await sql.query<{ sessions: number }>(
    'select count(*)::int as sessions from sessions where partner_id = $1 and expires_at > now()',
    [partnerId],
  );
  return row?.sessions ?? 0;
}

/**
 * Signs a partner out in all browsers; the links that it was mailed to sign in with are worth nothing, either.
 * The links go first: one that is being used at this moment is a session by then.
 */
export async function endSessions(sql: Sql, partnerId: string): Promise<void> {
  await sql.query("delete from access_tokens where purpose = 'sign-in' and subject_id = $1", [partnerId]);
  await sql.query('delete from sessions where partner_id = $1', [partnerId]);
}

/** The address of the first administrator; undefined when there is none yet. */
export async function firstAdmin(sql: Sql): Promise<string | undefined> {
  const [admin] = await sql.query<{ email: string }>('select email from admins order by id limit 1');
  return admin?.email;
}

/** Makes an administrator who can sign in by mail, or changes the name and language of the one there is. */
export async function upsertAdmin(
  sql: Sql,
  admin: { email: string; name: string; locale: string },
): Promise<void> {
  await sql.query(
    `insert into admins (id, email, name, locale) values ($1, $2, $3, $4)
     on conflict (lower(email)) do update set name = excluded.name, locale = excluded.locale`,
    [uuidv7(), admin.email, admin.name, admin.locale],
  );
}
