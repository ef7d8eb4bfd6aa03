import { mailboxOf } from '../domain/email-address.ts';
import type { LimitedDeps } from './deps.ts';
import { tooMany } from './limit-writes.ts';
import type { Limit } from './rate-limits.ts';

/**
 * Each request sends its client mails, and anybody can type anybody's address: more are meant to fill a mailbox.
 * As many as sign-in mails; whoever tries things out sends fewer, and does not wait for long.
 */
const REQUESTS_PER_MAILBOX: Limit = { name: 'requests of mailbox', most: 20, windowMs: 15 * 60_000 };

/**
 * Counts a request for the mailbox that it names. A request that is sent once more counts, too.
 * @throws Problem 429 with the seconds after which it works again
 */
export async function countRequest({ config, limits }: LimitedDeps, email: string): Promise<void> {
  if (!config.rateLimits) return;
  const waitMs = await limits.take(REQUESTS_PER_MAILBOX, mailboxOf(email));
  if (waitMs > 0) throw tooMany('requests for this e-mail address', waitMs);
}
