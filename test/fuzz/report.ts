import type { Findings } from './fuzz.ts';

const MB = 1_000_000;

/** The figures of a run, for people. */
export function report({ calls, ms, statuses, slowestMs, livezMs, memory, sweep }: Findings): string {
  const some = (values: number[]) =>
    values.filter((_, n) => n % Math.ceil(values.length / 10) === 0).map((value) => (value / MB).toFixed(1));
  const heard = [...statuses].sort(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`);
  return [
    `${calls} calls in ${(ms / 1_000).toFixed(1)} s, the slowest ${slowestMs.toFixed(0)} ms, /livez at most ${livezMs.toFixed(0)} ms`,
    `  sweep     ${sweep.made} of ${sweep.all} calls with one part that does not belong`,
    `  answers   ${heard.join(', ')}`,
    `  heap, MB  ${some(memory.map(({ held }) => held)).join(' ')}`,
    `  RSS, MB   ${some(memory.map(({ rss }) => rss)).join(' ')}`,
    '',
  ].join('\n');
}
