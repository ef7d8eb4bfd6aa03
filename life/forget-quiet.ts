import { quietRequests, stirred } from '../db/quiet-requests.ts';
import { lockRequests } from '../db/requests.ts';
import type { Tx } from '../jobs/transaction.ts';
import { eraseRequests } from './erase-requests.ts';

/**
 * Erases the clients of requests to which nothing happened for `forMs`, whatever their status; at most `limit`. What
 * they published in reviews stays, without a name.
 * @returns whether there were any to look at: then there may be more
 */
export async function forgetQuiet(tx: Tx, forMs: number, limit: number): Promise<boolean> {
  const ids = await quietRequests(tx, forMs, limit);
  if (ids.length === 0) return false;
  const requests = await lockRequests(tx, ids);
  const active = await stirred(tx, ids, forMs);
  await eraseRequests(
    tx,
    requests.filter(({ id }) => !active.has(id)),
    { words: false },
  );
  return true;
}
