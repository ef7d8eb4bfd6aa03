import { expect, it } from 'vitest';
import { rateLimits } from '../../api/rate-limits.ts';
import { postgresCounter } from '../../db/rate-limits.ts';
import { onBothBackEnds } from '../helpers/backends.ts';
import { testDatabase } from '../helpers/database.ts';
import { silentLog, testQueues } from '../helpers/deps.ts';
import { until } from '../helpers/until.ts';

const THREE = { name: 'three', most: 3, windowMs: 2_000 };

onBothBackEnds('a window', (backEnd) => {
  /** Two processes' limits on one store. */
  async function twoOf() {
    const { db, url } = await testDatabase('empty');
    const process = () => rateLimits({ db, queues: testQueues(url, backEnd.redisUrl()), log: silentLog });
    const both = [process(), process()] as const;
    // A connection to Redis takes a moment; until then all is let through.
    const warm = { name: crypto.randomUUID(), most: 1, windowMs: 60_000 };
    for (const each of both) await until(async () => (await each.take(warm, 'anybody')) > 0, { every: 50 });
    return both;
  }

  it('lets exactly so many through, whichever process they come to', async () => {
    const both = await twoOf();
    const who = crypto.randomUUID();
    const limit = { ...THREE, most: 50, windowMs: 60_000 };
    const waits = await Promise.all(
      Array.from({ length: 200 }, (_, n) => (n % 3 ? both[0] : both[1]).take(limit, who)),
    );
    expect(waits.filter((ms) => ms === 0)).toHaveLength(50);
    expect(await both[0].take(limit, crypto.randomUUID())).toBe(0);
    expect(await both[0].take({ ...limit, name: 'something else' }, who)).toBe(0);
  });

  it('ends when it says, for whoever was refused and for others', async () => {
    const [one, other] = await twoOf();
    const who = crypto.randomUUID();
    for (let n = 0; n < 3; n++) expect(await one.take(THREE, who)).toBe(0);
    const refused = performance.now();
    const waitMs = await one.take(THREE, who);
    expect(waitMs > 0 && waitMs <= 2_000).toBe(true);
    expect(await other.take(THREE, who)).toBeGreaterThan(0);
    await until(async () => (await one.take(THREE, who)) === 0, { every: 5 });
    const tookMs = performance.now() - refused;
    // Not before, nor much after; a loaded machine may be late.
    expect(tookMs).toBeGreaterThan(waitMs - 50);
    expect(tookMs).toBeLessThan(waitMs + 2_000);
    expect(await other.take(THREE, who)).toBe(0);
  });
});

it('a window in Postgres that a wrong clock began far ahead counts as over', async () => {
  const { db } = await testDatabase('empty');
  const count = postgresCounter(db);
  expect(await count('somebody', 60_000)).toMatchObject({ hits: 1 });
  expect(await count('somebody', 60_000)).toMatchObject({ hits: 2 });
  await db.query("update rate_limits set ends_at = ends_at + interval '1 day'");
  const { hits, leftMs } = await count('somebody', 60_000);
  expect(hits).toBe(1);
  expect(leftMs).toBeLessThanOrEqual(60_000);
});

it('windows that have ended leave nothing behind in Postgres', async () => {
  const { db } = await testDatabase('empty');
  const count = postgresCounter(db, 0);
  await Promise.all(Array.from({ length: 20 }, (_, n) => count(`somebody ${n}`, 1)));
  await until(async () => {
    await count('another', 60_000);
    const [row] = await db.query<{ rows: number }>('select count(*)::int as rows from rate_limits');
    return row?.rows === 1;
  });
});
