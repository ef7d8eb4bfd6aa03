import { uuidv7 } from 'uuidv7';
import { hashToken, mintToken } from './access-tokens.ts';
import type { Caller } from './api-keys.ts';
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

/** How long a session lasts without use, as an interval. */
const SESSION_IDLE = 'P3D';

/** A use is written unless one of so long ago is: a page view costs no write, and idling is known well enough. */
const USE_NOTED = 'PT5M';

/** Of a row `s` of sessions: it goes on. Both ends are held here, and nowhere else. */
export const GOES_ON = `s.expires_at > now() and s.last_used_at > now() - interval '${SESSION_IDLE}'`;

const UNNOTED = `s.last_used_at < now() - interval '${USE_NOTED}'`;

/** What a session began in, as far as it is known: Firefox, Windows. */
export interface Device {
  browser: string | null;
  system: string | null;
}

const UNKNOWN_DEVICE: Device = { browser: null, system: null };

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
export async function startSession(
  sql: Sql,
  signInToken: string,
  { browser, system } = UNKNOWN_DEVICE,
): Promise<Session | undefined> {
  const [used] = await sql.query<{ id: string }>(
    `delete from access_tokens where hash = $1 and purpose = 'sign-in' and expires_at > now()
     returning subject_id as id`,
    [hashToken(signInToken)],
  );
  if (!used) return undefined;
  const token = mintToken();
  const [session] = await sql.query<Omit<Session, 'token'>>(
    `insert into sessions (id, hash, partner_id, admin_id, browser, system, expires_at)
     select $1, $2, p.id, a.id, $5, $6, now() + make_interval(days => $4)
     from (select $3::uuid as id) as person left join partners p using (id) left join admins a using (id)
     where p.id is not null or a.id is not null
     returning case when partner_id is null then 'admin' else 'partner' end as role, expires_at as "expiresAt"`,
    [uuidv7(), hashToken(token), used.id, SESSION_DAYS, browser, system],
  );
  return session && { token, ...session };
}

/** Who is signed in with this token, or undefined when the session is unknown or over. */
export async function sessionPrincipal(sql: Sql, token: string): Promise<Caller | undefined> {
  const [session] = await sql.query<SessionRow>(
    `select s.id, s.partner_id as "partnerId", s.admin_id as "adminId", ${UNNOTED} as unnoted from sessions s
     where s.hash = $1 and ${GOES_ON}`,
    [hashToken(token)],
  );
  if (!session) return undefined;
  if (session.unnoted) await noteUse(sql, session.id);
  const { partnerId, adminId } = session;
  if (partnerId !== null) return { role: 'partner', partnerId };
  return adminId === null ? undefined : { role: 'admin', actor: { kind: 'admin', id: adminId } };
}

interface SessionRow {
  id: string;
  partnerId: string | null;
  adminId: string | null;
  unnoted: boolean;
}

/** Somebody signed in, as pages greet them. */
export type SignedIn = { name: string; sessionId: string } & (
  | { role: 'partner'; partnerId: string; slug: string }
  | { role: 'admin'; adminId: string }
);

interface SignedInRow {
  sessionId: string;
  name: string;
  partnerId: string | null;
  adminId: string | null;
  slug: string | null;
  unnoted: boolean;
}

/**
 * Whose session this is, by name, or undefined when it is unknown or over.
 * @param isUse false for what a page asks by itself: a forgotten tab must not keep its session alive
 */
export async function signedIn(sql: Sql, token: string, isUse = true): Promise<SignedIn | undefined> {
  const [row] = await sql.query<SignedInRow>(
    `select s.id as "sessionId", coalesce(p.name, a.name) as name, p.id as "partnerId", a.id as "adminId",
       p.slug, ${UNNOTED} as unnoted
     from sessions s left join partners p on p.id = s.partner_id left join admins a on a.id = s.admin_id
     where s.hash = $1 and ${GOES_ON}`,
    [hashToken(token)],
  );
  if (!row) return undefined;
  const { sessionId, name, partnerId, adminId, slug, unnoted } = row;
  if (unnoted && isUse) await noteUse(sql, sessionId);
  if (partnerId !== null && slug !== null) return { name, sessionId, role: 'partner', partnerId, slug };
  return adminId === null ? undefined : { name, sessionId, role: 'admin', adminId };
}

/** Waits for nobody: of two uses at once one is written, and a session that is being ended ends. */
async function noteUse(sql: Sql, id: string): Promise<void> {
  await sql.query(
    `update sessions set last_used_at = now() where id in (
       select s.id from sessions s where s.id = $1 and ${UNNOTED} for update skip locked)`,
    [id],
  );
}

/** Signs out. */
export async function endSession(sql: Sql, token: string): Promise<void> {
  await sql.query('delete from sessions where hash = $1', [hashToken(token)]);
}

/** The address of the first administrator; undefined when there is none yet. */
export async function firstAdmin(sql: Sql): Promise<string | undefined> {
  const [admin] = await sql.query<{ email: string }>('select email from admins order by id limit 1');
  return admin?.email;
}

/**
 * Makes an administrator who can sign in by mail, or changes the name and language of the one there is.
 * @returns its id, and whether there was none
 */
export async function upsertAdmin(
  sql: Sql,
  admin: { email: string; name: string; locale: string },
): Promise<{ id: string; isNew: boolean }> {
  const [row] = await sql.query<{ id: string; isNew: boolean }>(
    `insert into admins (id, email, name, locale) values ($1, $2, $3, $4)
     on conflict (lower(email)) do update set name = excluded.name, locale = excluded.locale
     returning id, xmax = 0 as "isNew"`,
    [uuidv7(), admin.email, admin.name, admin.locale],
  );
  if (!row) throw new Error('an upsert gave no row');
  return row;
}
