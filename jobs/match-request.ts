import { z } from 'zod';
import { defineJob, id } from './contract.ts';

/** Draw partners for a request that waits for them. */
export const matchRequest = defineJob({
  name: 'match-request',
  payload: z.strictObject({ requestId: id }),
  attempts: 10,
  backoffMs: 1_000,
});
