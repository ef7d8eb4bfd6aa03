import { uuidv7 } from 'uuidv7';
import { peopleByEmail } from '../db/sessions.ts';
import { promiseMails } from '../jobs/promise-mails.ts';
import type { Tx } from '../jobs/transaction.ts';

/** Promises a sign-in link to everybody with this address; to an unknown one, nothing. */
export async function askToSignIn(tx: Tx, email: string): Promise<void> {
  const people = await peopleByEmail(tx, email);
  await promiseMails(
    tx,
    people.map(({ id, role }) => ({
      template: 'sign-in',
      // Each asking has a mail of its own.
      purpose: `sign-in/${uuidv7()}`,
      requestId: null,
      partnerId: role === 'partner' ? id : null,
      ...(role === 'admin' && { adminId: id }),
      matchId: null,
      windowNo: 0,
    })),
  );
}
