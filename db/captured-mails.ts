import type { Locale } from '../domain/catalog.ts';
import type { Sql } from './connect.ts';

/** A mail that was kept instead of sent. */
export interface CapturedMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  template: string;
  locale: Locale;
  createdAt: Date;
}

/** Keeps mails that have just been settled as sent; one that was taken back meanwhile is not kept. */
export async function insertCaptured(
  sql: Sql,
  mails: (Omit<CapturedMail, 'createdAt'> & { emailId: string })[],
): Promise<void> {
  const rows = mails.map((mail) => ({ ...mail, email_id: mail.emailId, recipient: mail.to }));
  await sql.query(
    `insert into captured_mails (id, email_id, recipient, subject, text, html, template, locale)
     select m.id, m.email_id, m.recipient, m.subject, m.text, m.html, m.template, m.locale
     from jsonb_to_recordset($1) as m (id uuid, email_id uuid, recipient text, subject text, text text, html text,
       template text, locale text)
     join emails e on e.id = m.email_id and e.status = 'sent'`,
    [JSON.stringify(rows)],
  );
}

/** The newest captured mails, of everybody or of one recipient (case does not count). */
export function listCaptured(
  sql: Sql,
  filter: { to?: string | undefined; limit: number },
): Promise<CapturedMail[]> {
  return sql.query<CapturedMail>(
    `select id, recipient as "to", subject, text, html, template, locale, created_at as "createdAt"
     from captured_mails where $1::text is null or lower(recipient) = lower($1)
     order by id desc limit $2`,
    [filter.to ?? null, filter.limit],
  );
}

export async function findCaptured(sql: Sql, id: string): Promise<{ html: string } | undefined> {
  const [mail] = await sql.query<{ html: string }>('select html from captured_mails where id = $1', [id]);
  return mail;
}

/** The id of the newest one; '' without any. */
export async function newestCaptured(sql: Sql): Promise<string> {
  const [mail] = await sql.query<{ id: string }>('select id from captured_mails order by id desc limit 1');
  return mail?.id ?? '';
}
