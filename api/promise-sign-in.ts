import { transaction } from '../jobs/transaction.ts';
import { askToSignIn } from '../life/sign-in.ts';
import type { LimitedDeps } from './deps.ts';
import type { Limit } from './rate-limits.ts';

/** A person who tries things out asks a few times. More are meant to fill somebody's mailbox. */
const MAILS_PER_ADDRESS: Limit = { name: 'sign-in mails', most: 20, windowMs: 15 * 60_000 };

/**
 * Promises a sign-in mail, in the background. Whoever asked was answered before anything is looked up or
 * counted: neither words nor time say whether there is anybody with this address, or too many asked for it.
 */
export function promiseSignIn(deps: LimitedDeps, email: string): void {
  const promise = async () => {
    if (deps.config.rateLimits && (await deps.limits.take(MAILS_PER_ADDRESS, email.toLowerCase())) > 0)
      return;
    await transaction(deps, 'sign-in promise', (tx) => askToSignIn(tx, email));
  };
  promise().catch((error: Error) => {
    deps.log.warn({ error: error.message }, 'sign-in mail not promised');
  });
}
