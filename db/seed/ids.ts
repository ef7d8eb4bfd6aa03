import type { Random } from './random.ts';

/**
 * A UUIDv7 of this instant (milliseconds) whose 74 random bits come from the seeded generator: another
 * `now` changes the first 12 digits and nothing else.
 */
export function seedId(at: number, random: Random): string {
  const time = Math.floor(at).toString(16).padStart(12, '0');
  const digits = (count: number) => hex(random.int(0, 16 ** count - 1), count);
  const variant = '89ab'.charAt(random.int(0, 3));
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-${variant}${digits(3)}-${digits(6)}${digits(6)}`;
}

const hex = (value: number, length: number) => value.toString(16).padStart(length, '0');
