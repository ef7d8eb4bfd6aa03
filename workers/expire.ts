import { purgeActions } from '../db/audit.ts';
import { purgeExpired, purgeMails } from '../db/retention.ts';
import { expire } from '../jobs/expire.ts';
import { expireDeals } from '../life/expire-deals.ts';
import { forgetQuiet } from '../life/forget-quiet.ts';
import { transactional } from './transactional.ts';

// One transaction closes so many deals; when there are more, the next job follows at once.
const DEALS_AT_ONCE = 100;
const REQUESTS_AT_ONCE = 20;
const MAILS_AT_ONCE = 1_000;

/**
 * Purges expired tokens, sessions and idempotency keys, and what retention says; closes deals that nobody moves any
 * more. One kind of work in a transaction, for each locks what the others would lock first.
 */
export const expireHandler = transactional(expire, async (tx, _jobs, { settings }) => {
  await purgeExpired(tx);
  await purgeActions(tx, settings.retentionAuditMs);
  const { retentionMailsMs: mailsMs, retentionCapturedMs: capturedMs } = settings;
  const more =
    (await purgeMails(tx, { mailsMs, capturedMs }, MAILS_AT_ONCE)) ||
    (await forgetQuiet(tx, settings.retentionRequestsMs, REQUESTS_AT_ONCE)) ||
    (await expireDeals(tx, settings.leadExpiryMs, DEALS_AT_ONCE)) === DEALS_AT_ONCE;
  if (more) tx.enqueue(expire, {});
});
