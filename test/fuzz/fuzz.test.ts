import { expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';
import { report } from './report.ts';

// `npm run test:fuzz -- --calls 20000 --seed 7` sets these.
const CALLS = Number(process.env.FUZZ_CALLS ?? 2_000);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 1e6));

const MB = 1_000_000;

it(
  `answers ${CALLS} calls, valid and broken, as documented (seed ${SEED})`,
  async () => {
    const found = await fuzz({ calls: CALLS, seed: SEED });
    if (process.env.FUZZ_CALLS) process.stdout.write(report(found));
    expect(found.failures).toEqual([]);
    expect(found.calls).toBeGreaterThanOrEqual(CALLS);
    // Who only ever refuses has answered nothing.
    const done = [...found.statuses].filter(([status]) => status < 300).reduce((sum, [, n]) => sum + n, 0);
    expect(done / found.calls).toBeGreaterThan(0.05);
    expect(found.livezMs).toBeLessThan(1_000);
    expect(growth(found.memory.map(({ held }) => held))).toBeLessThan(12 * MB);
    expect(growth(found.memory.map(({ rss }) => rss))).toBeLessThan(60 * MB);
  },
  60_000 + CALLS * 60,
);

/** From the second quarter, when all code has run, to the last one: medians. */
function growth(values: number[]): number {
  const quarter = (n: number) => values.slice((n * values.length) / 4, ((n + 1) * values.length) / 4);
  const median = (some: number[]) => some.toSorted((a, b) => a - b)[Math.floor(some.length / 2)] ?? 0;
  return median(quarter(3)) - median(quarter(1));
}
