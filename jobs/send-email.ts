import { z } from 'zod';
import { defineJob } from './contract.ts';

/** Send one row of `emails`. Tried for about a day: mail servers come back. */
export const sendEmail = defineJob({
  name: 'send-email',
  payload: z.strictObject({ emailId: z.uuid() }),
  attempts: 14,
  backoffMs: 5_000,
});
