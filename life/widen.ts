import { type Criteria, lockRequest, nextWindow, setCriteria, setStatus } from '../db/requests.ts';
import { nextStatus } from '../domain/request-life.ts';
import { matchRequest } from '../jobs/match-request.ts';
import type { Tx } from '../jobs/transaction.ts';
import { NotPossible } from './not-possible.ts';

/**
 * The client of an unmatched request asks for less, and it is matched anew.
 * @throws NotPossible `not_unmatched` for any other request
 */
export async function widen(
  tx: Tx,
  requestId: string,
  wishes: { [Field in keyof Criteria]?: Criteria[Field] | undefined },
): Promise<void> {
  const request = await lockRequest(tx, requestId);
  const status = request && nextStatus(request.status, 'widened');
  if (!request || !status)
    throw new NotPossible('not_unmatched', 'Only a request that nobody matched can be changed.');
  // What is not mentioned stays; null asks for anything.
  const now = <Field extends keyof Criteria>(field: Field): Criteria[Field] => {
    const wish = wishes[field];
    return wish === undefined ? request[field] : wish;
  };
  await setCriteria(tx, requestId, {
    services: now('services'),
    country: now('country'),
    language: now('language'),
    partnerType: now('partnerType'),
    tier: now('tier'),
  });
  await setStatus(tx, [requestId], status);
  await nextWindow(tx, requestId);
  tx.enqueue(matchRequest, { requestId });
}
