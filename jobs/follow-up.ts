import { z } from 'zod';
import { defineJob, id } from './contract.ts';

/** Wake up for a request that nobody may have answered in its window: the article's three-day reminder. */
export const followUp = defineJob({
  name: 'follow-up',
  payload: z.strictObject({ requestId: id, windowNo: z.int() }),
  attempts: 10,
  backoffMs: 1_000,
});
