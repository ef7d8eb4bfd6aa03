import { channel } from 'node:diagnostics_channel';

/**
 * Every commit of Terna's own data, by name. Whoever writes a new one adds its name here; the fault run kills
 * processes just before and just after each of them (docs/reliability.md).
 */
export const COMMITS = [
  'intake',
  'client act',
  'address verified',
  'deal move',
  'deal note',
  'review',
  'review reply',
  'review moderation',
  'profile edit',
  'board edit',
  'partner change',
  'sign-in promise',
  'session start',
  'session use',
  'session end',
  'api key made',
  'api key replaced',
  'api key revoked',
  'api key use',
  'admin made',
  'board act',
  'erasure',
  'export record',
  'job revived',
  'rate limit count',
  'seed',
  'sweep',
  'failure record',
  'lone start',
] as const;

/** A registered commit, or that of a job's own work, which bears the job's name. */
export type Commit = (typeof COMMITS)[number] | `job ${string}` | `settling ${string}`;

/** Every call to something that no transaction holds. */
export const CALLS = ['queue put', 'queue look', 'queue answer', 'smtp'] as const;

export type Point = Commit | (typeof CALLS)[number];

/** Where those listen who want to know that a process passes a point: `before intake`, `after smtp`. */
export const PASSING = 'terna:passing';

const passing = channel(PASSING);

/** Commits or calls outside, and tells whoever listens just before and just after. Costs nothing when nobody does. */
export async function around<T>(point: Point, act: () => Promise<T>): Promise<T> {
  if (!passing.hasSubscribers) return act();
  passing.publish(`before ${point}`);
  const result = await act();
  passing.publish(`after ${point}`);
  return result;
}
