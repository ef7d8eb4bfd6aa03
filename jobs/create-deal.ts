import { z } from 'zod';
import { defineJob, id } from './contract.ts';

/** Open a match as a deal in the partner's leads pipeline. */
export const createDeal = defineJob({
  name: 'create-deal',
  payload: z.strictObject({ matchId: id }),
  attempts: 10,
  backoffMs: 1_000,
});
