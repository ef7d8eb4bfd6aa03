import { uuidv7 } from 'uuidv7';
import { insertEmails, type NewEmail } from '../db/emails.ts';
import { sendEmail } from './send-email.ts';
import type { Tx } from './transaction.ts';

/** Promises mails: their rows, and a job for each. A mail that exists for its window stays as it is. */
export async function promiseMails(tx: Tx, mails: Omit<NewEmail, 'id'>[]): Promise<void> {
  if (mails.length === 0) return;
  const ids = await insertEmails(
    tx,
    mails.map((mail) => ({ id: uuidv7(), ...mail })),
  );
  for (const emailId of ids) tx.enqueue(sendEmail, { emailId });
}
