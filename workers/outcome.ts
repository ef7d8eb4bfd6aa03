/** What became of one delivery of a job. Postgres has it already; this tells the queue. */
export type Outcome =
  /** The row is gone: done now, or done before, or no longer relevant. */
  | { kind: 'done' }
  /** Somebody else has it, its time has not come, or the database is away: later, no attempt used. */
  | { kind: 'not-now'; ms: number; why: string }
  /** It failed and is tried again after a pause. */
  | { kind: 'retry'; ms: number; error: Error }
  /** It failed for good; the row stays, marked, until somebody asks for a retry. */
  | { kind: 'failed'; error: Error };

/** Thrown by a handler when trying again cannot help. */
export class PermanentError extends Error {
  override name = 'PermanentError';
}

export const done: Outcome = { kind: 'done' };

/** @param ms roughly how long; half of it is left to chance, so that crowds come back spread out */
export function notNow(ms: number, why: string): Outcome {
  return { kind: 'not-now', ms: Math.ceil(ms / 2 + (Math.random() * ms) / 2), why };
}

const ADDRESS = /[^\s/<>()"']+@[^\s/<>()"']+/g;

/**
 * What was thrown, as it may be kept and shown to operators: e-mail addresses are taken out of the message and of the
 * stack, which begins with it. Nobody throws one on purpose, but libraries quote what they choke on.
 */
export function withoutAddresses(thrown: unknown): Error {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  error.message = error.message.replace(ADDRESS, '<address>');
  if (error.stack) error.stack = error.stack.replace(ADDRESS, '<address>');
  return error;
}
