import { uuidv7 } from 'uuidv7';
import { insertTokens, mintToken } from '../../db/access-tokens.ts';
import type { Database } from '../../db/connect.ts';
import { startSession, upsertAdmin } from '../../db/sessions.ts';

const MINUTE_MS = 60_000;

/** The cookie header of somebody who signed in just now, without the mail: `subjectId` is a partner's or an administrator's id. */
export async function sessionCookieFor(db: Database, subjectId: string): Promise<string> {
  const token = mintToken();
  await insertTokens(db, 'sign-in', [{ token, subjectId }], MINUTE_MS);
  const session = await db.transaction('job test', (sql) => startSession(sql, token));
  if (!session) throw new Error(`nobody has the id ${subjectId}`);
  // Tests have a PUBLIC_URL with https, which gives the cookie its prefix.
  return `__Host-terna=${session.token}`;
}

/** The cookie header of a new administrator. */
export async function adminCookie(db: Database, name = 'Operator'): Promise<string> {
  const email = `${uuidv7()}@admins.example`;
  await upsertAdmin(db, { email, name, locale: 'en' });
  const [admin] = await db.query<{ id: string }>('select id from admins where email = $1', [email]);
  return sessionCookieFor(db, admin?.id ?? '');
}
