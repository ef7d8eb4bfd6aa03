import { z } from 'zod';
import { defineJob, id } from './contract.ts';

/** Send one row of `emails`. Tried for about a day: mail servers come back. */
export const sendEmail = defineJob({
  name: 'send-email',
  payload: z.strictObject({ emailId: id }),
  attempts: 14,
  backoffMs: 5_000,
});
