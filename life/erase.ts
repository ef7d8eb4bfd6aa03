import { type Actor, recordAction } from '../db/audit.ts';
import { type Database, isContention } from '../db/connect.ts';
import {
  adminByEmail,
  deleteAdmin,
  deleteCapturedTo,
  partnersByEmail,
  requestsOfClient,
} from '../db/data-subjects.ts';
import { lockRequests } from '../db/requests.ts';
import type { Queues } from '../jobs/queues.ts';
import { type Tx, transaction } from '../jobs/transaction.ts';
import { closeDown, forgetPartner, leaveRequests } from './erase-partner.ts';
import { type ErasedRequests, eraseRequests } from './erase-requests.ts';

/** What was erased under an address. */
export interface Erased extends ErasedRequests {
  partners: number;
  /** Open deals that a partner left behind. */
  closedDeals: number;
  administrators: number;
}

interface Deps {
  db: Database;
  queues: Pick<Queues, 'dispatch'>;
}

// Short transactions: whoever works on one of these rows waits for milliseconds.
const REQUESTS_AT_ONCE = 20;
const DEALS_AT_ONCE = 20;
const MAILS_AT_ONCE = 1_000;

/**
 * Erases whoever has this address: as partner, client, administrator. Part by part, each in a transaction of its own
 * that is recorded with it; broken off, it is done by asking again, and asking again changes nothing. What is recorded
 * are numbers, not even a hash of the address: who guesses it could find it again by that.
 */
export async function erase(deps: Deps, email: string, actor: Actor): Promise<Erased> {
  const total: Erased = {
    ...{ requests: 0, cancelled: 0, reviews: 0 },
    ...{ partners: 0, closedDeals: 0, administrators: 0 },
  };
  /** @returns false when there was nothing left to do */
  const part = async (work: (tx: Tx) => Promise<Partial<Erased> | undefined>): Promise<boolean> => {
    const did = await patiently(() => transaction(deps, 'erasure', (tx) => recorded(tx, actor, work)));
    for (const key of keysOf(total)) total[key] += did?.[key] ?? 0;
    return did !== undefined;
  };

  for (const id of await partnersByEmail(deps.db, email)) {
    await part((tx) => closeDown(tx, id));
    while (await part((tx) => leaveRequests(tx, id, DEALS_AT_ONCE)));
    await part((tx) => forgetPartner(tx, id));
  }
  while (
    await part(async (tx) => {
      const ids = await requestsOfClient(tx, email, REQUESTS_AT_ONCE);
      return ids.length > 0 ? eraseRequests(tx, await lockRequests(tx, ids), { words: true }) : undefined;
    })
  );
  await part(async (tx) => {
    const id = await adminByEmail(tx, email);
    if (id === undefined) return undefined;
    await deleteAdmin(tx, id);
    return { administrators: 1 };
  });
  while (await part(async (tx) => ((await deleteCapturedTo(tx, email, MAILS_AT_ONCE)) > 0 ? {} : undefined)));
  return total;
}

const keysOf = <Counts extends object>(counts: Counts) => Object.keys(counts) as (keyof Counts)[];

async function recorded(
  tx: Tx,
  actor: Actor,
  work: (tx: Tx) => Promise<Partial<Erased> | undefined>,
): Promise<Partial<Erased> | undefined> {
  const did = await work(tx);
  if (did && keysOf(did).length > 0) {
    const subject = { kind: 'personal-data', id: null };
    await recordAction(tx, actor, { action: 'personal-data.erase', subject, detail: { ...did } });
  }
  return did;
}

const MOST_TRIES = 5;

/** Others hold the same rows for a moment: their turn, then ours. */
async function patiently<T>(work: () => Promise<T>, triesLeft = MOST_TRIES): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isContention(error) || triesLeft <= 1) throw error;
    return patiently(work, triesLeft - 1);
  }
}
