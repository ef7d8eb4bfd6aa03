import type { CountHit } from '../db/rate-limits.ts';
import type { RedisConnection } from './redis-connection.ts';

/** A window is a key that lives as long: begun and counted in one step, whoever asks at the same moment. */
const COUNT = `
local hits = redis.call('incr', KEYS[1])
if hits == 1 then redis.call('pexpire', KEYS[1], ARGV[1]) end
return { hits, redis.call('pttl', KEYS[1]) }`;

/** Counts in Redis. A hit is lost with Redis, as is all that is there: everybody begins anew. */
export function redisCounter(redis: RedisConnection): CountHit {
  return async (key, windowMs) => {
    const [hits, leftMs] = (await redis.eval(COUNT, 1, `terna:limit:${key}`, windowMs)) as [number, number];
    return { hits, leftMs: Math.max(0, leftMs) };
  };
}
