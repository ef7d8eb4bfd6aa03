import { z } from 'zod';

/**
 * What can be asked for. A job is data plus a function, in two files of one name: the contract in
 * `jobs/`, the work in `workers/`. The payload holds ids only: whoever does the job reads the truth.
 */
export interface Job<Payload = unknown> {
  /** The name on the wire and of the queue. Never change it while rows or queued jobs may bear it. */
  name: string;
  payload: z.ZodType<Payload>;
  /** How often it is tried before it counts as failed. */
  attempts: number;
  /** The pause after the first failed attempt; it doubles from there (workers/backoff.ts). */
  backoffMs: number;
  /** Recurring work: promised once per period of this length, with an empty payload. */
  everyMs?: number;
}

/** An id in a payload, written as Postgres writes it. */
export const id = z.uuid().toLowerCase();

/** Types a contract by its payload's schema. */
export function defineJob<Schema extends z.ZodType>(
  job: Job<z.infer<Schema>> & { payload: Schema },
): Job<z.infer<Schema>> {
  return job;
}
