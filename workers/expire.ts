import { purgeExpired } from '../db/retention.ts';
import { expire } from '../jobs/expire.ts';
import { expireDeals } from '../life/expire-deals.ts';
import { transactional } from './transactional.ts';

// One transaction closes so many deals; when there are more, the next job follows at once.
const DEALS_AT_ONCE = 100;

/** Closes deals that nobody moves any more, and purges expired tokens, sessions and idempotency keys. */
export const expireHandler = transactional(expire, async (tx, _jobs, { settings }) => {
  await purgeExpired(tx);
  const found = await expireDeals(tx, settings.leadExpiryMs, DEALS_AT_ONCE);
  if (found === DEALS_AT_ONCE) tx.enqueue(expire, {});
});
