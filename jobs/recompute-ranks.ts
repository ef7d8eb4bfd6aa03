import { z } from 'zod';
import { defineJob, id } from './contract.ts';

/**
 * Compute the stored rank of some partners anew; without ids (nightly) of all, in id order: a page of those that
 * come `after` one, and the promise of the next page.
 */
export const recomputeRanks = defineJob({
  name: 'recompute-ranks',
  payload: z.strictObject({
    partnerIds: z.array(id).max(1_000).optional(),
    // A place in the order, whoever was there.
    after: z.guid().optional(),
  }),
  attempts: 10,
  backoffMs: 1_000,
  everyMs: 24 * 3_600_000,
});
