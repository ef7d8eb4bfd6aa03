/** Units of ISO 8601 durations in milliseconds; months and years have no fixed length and are refused. */
const UNITS = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1_000 } as const;

const LONGEST_MS = 3_653 * UNITS.D;

const ISO_DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/**
 * Milliseconds of an ISO 8601 duration (`P3D`, `PT90M`, `P1DT12H`, `PT0.5S`), or undefined when the
 * text is none, is zero, or is longer than ten years.
 */
export function durationMs(text: string): number | undefined {
  const parts = ISO_DURATION.exec(text);
  if (!parts) return undefined;
  const [, weeks, days, hours, minutes, seconds] = parts.map((part) => Number(part ?? 0));
  const total =
    (weeks ?? 0) * UNITS.W +
    (days ?? 0) * UNITS.D +
    (hours ?? 0) * UNITS.H +
    (minutes ?? 0) * UNITS.M +
    (seconds ?? 0) * UNITS.S;
  return total > 0 && total <= LONGEST_MS ? total : undefined;
}
