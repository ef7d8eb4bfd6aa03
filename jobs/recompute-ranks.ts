import { z } from 'zod';
import { defineJob, id } from './contract.ts';

/** Compute the stored rank of some partners anew; without ids (nightly), of all, page by page. */
export const recomputeRanks = defineJob({
  name: 'recompute-ranks',
  payload: z.strictObject({ partnerIds: z.array(id).max(1_000).optional() }),
  attempts: 10,
  backoffMs: 1_000,
  everyMs: 24 * 3_600_000,
});
