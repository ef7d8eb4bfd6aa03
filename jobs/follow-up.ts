import { z } from 'zod';
import { defineJob, id } from './contract.ts';

/** Wake up for a request that nobody may have answered: the article's three-day reminder. One per request. */
export const followUp = defineJob({
  name: 'follow-up',
  payload: z.strictObject({ requestId: id }),
  attempts: 10,
  backoffMs: 1_000,
});
