import type { Request } from 'express';
import { openedBy } from '../db/access-tokens.ts';
import type { Database } from '../db/connect.ts';
import { verifyEmail } from '../db/verified-email.ts';
import { notFound } from './problem.ts';
import { SAFE } from './safe-methods.ts';

/**
 * Lets in whoever has a token of this request. Who then acts, with a token that only its mail has, reads the client's
 * mailbox, whatever comes of the act. Looking proves nothing: programs that check mails open links, too.
 * @returns whether the token came by mail
 * @throws Problem 404: a foreign token and an unknown request look alike
 */
export async function openRequest(
  db: Database,
  { method }: Request,
  { id, token }: { id: string; token: string },
): Promise<boolean> {
  const opened = await openedBy(db, 'request', token);
  if (opened?.id !== id.toLowerCase()) throw notFound();
  if (opened.mailed && !SAFE.has(method)) await verifyEmail(db.writing('address verified'), opened.id);
  return opened.mailed;
}
