import { z } from 'zod';
import { defineJob, id } from './contract.ts';

/** Invite the client of a won deal to review it. */
export const requestFeedback = defineJob({
  name: 'request-feedback',
  payload: z.strictObject({ dealId: id }),
  attempts: 10,
  backoffMs: 1_000,
});
