import { z } from 'zod';
import { defineJob } from './contract.ts';

/** Purge what retention says. */
export const expire = defineJob({
  name: 'expire',
  payload: z.strictObject({}),
  attempts: 5,
  backoffMs: 10_000,
  everyMs: 3_600_000,
});
