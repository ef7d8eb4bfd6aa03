import { createHash } from 'node:crypto';
import { postgresCounter } from '../db/rate-limits.ts';
import type { ApiDeps } from './deps.ts';

/** So many hits in a window, for each of those whom it is about. */
export interface Limit {
  /** What is counted: the same address may be counted for more than one thing. */
  name: string;
  most: number;
  windowMs: number;
}

export interface RateLimits {
  /**
   * Counts a hit of somebody.
   * @returns 0 to let it through, else for how long, in ms, nothing more is let through
   */
  take(limit: Limit, who: string): Promise<number>;
}

// Whoever writes waits no longer than this for being counted.
const PATIENCE_MS = 1_000;
// A store that did not answer is left alone for so long: not every write waits for it.
const RESPITE_MS = 3_000;
// Those who are over their limit are remembered here, up to so many: refusing them costs no query.
const MOST_REMEMBERED = 10_000;

/**
 * Counts for all api processes together: in Redis where there is one, else in Postgres. When that is away,
 * everything is let through: better too many writes than none.
 */
export function rateLimits({ db, queues, log }: Pick<ApiDeps, 'db' | 'queues' | 'log'>): RateLimits {
  const countHit = queues.backend.countHit ?? postgresCounter(db.writing('rate limit count'));
  // By the clock of this process, which never jumps.
  const refusedUntil = new Map<string, number>();
  let away = false;
  let awayUntil = 0;

  function refuse(key: string, forMs: number): number {
    if (refusedUntil.size >= MOST_REMEMBERED) refusedUntil.clear();
    refusedUntil.set(key, performance.now() + forMs);
    return forMs;
  }

  return {
    async take({ name, most, windowMs }, who) {
      const key = keyOf(name, who);
      const stillMs = (refusedUntil.get(key) ?? 0) - performance.now();
      if (stillMs > 0) return stillMs;
      refusedUntil.delete(key);
      if (performance.now() < awayUntil) return 0;
      try {
        const { hits, leftMs } = await inTime(countHit(key, windowMs));
        if (away) log.info('rate limits are counted again');
        away = false;
        return hits <= most ? 0 : refuse(key, Math.max(1, leftMs));
      } catch (error) {
        if (!away)
          log.warn({ error: (error as Error).message }, 'rate limits not counted: all is let through');
        away = true;
        awayUntil = performance.now() + RESPITE_MS;
        return 0;
      }
    },
  };
}

/** The same in all processes, and nothing that anybody reads an address, a key or a mailbox from at a glance. */
function keyOf(name: string, who: string): string {
  return createHash('sha256').update(`terna ${name} ${who}`).digest('base64url').slice(0, 22);
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
