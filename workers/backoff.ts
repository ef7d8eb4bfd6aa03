const CEILING_MS = 6 * 3_600_000;

/**
 * The pause after a failed attempt: `base * 2^(attempt - 1)`, at most six hours, of which the last
 * quarter is left to chance. With a base of 1 s: 0.75 to 1 s, 1.5 to 2 s, 3 to 4 s, 6 to 8 s ...
 * @param attempt how many attempts have failed, from 1
 */
export function backoff(baseMs: number, attempt: number, random = Math.random): number {
  const full = Math.min(CEILING_MS, baseMs * 2 ** (attempt - 1));
  return Math.round(full * (0.75 + 0.25 * random()));
}
