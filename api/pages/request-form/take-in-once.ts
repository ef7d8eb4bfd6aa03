import { setTimeout } from 'node:timers/promises';
import type { Locale } from '../../../domain/catalog.ts';
import type { Accepted, TakeIn } from '../../intake.ts';
import { Problem } from '../../problem.ts';
import type { RequestBody } from '../../schemas.ts';

// Another press of the same button takes some milliseconds; a database that is slow may need more.
const PAUSES_MS = [50, 150, 300, 500, 1_000, 1_500];

/**
 * Takes a form's request in once, however often it is sent. The key is the form's with the request itself:
 * who goes back, changes something and sends it again means another request, and that one too is taken once.
 */
export async function takeInOnce(
  takeIn: TakeIn,
  body: RequestBody,
  locale: Locale,
  key: string,
): Promise<Accepted> {
  const call = { body, locale, key: onceKey(key, body) };
  for (const pause of PAUSES_MS) {
    try {
      return await takeIn(call);
    } catch (error) {
      if (!isInFlight(error)) throw error;
      // Several presses that wait together would come back together, and meet again.
      await setTimeout(pause * (0.5 + Math.random()));
    }
  }
  return takeIn(call);
}

/** The idempotency key of a request that a form with this key made. */
export function onceKey(key: string, body: RequestBody): string {
  return `form ${key} ${JSON.stringify(body)}`;
}

/** The same request is being taken in at this moment. */
export function isInFlight(error: unknown): boolean {
  return error instanceof Problem && error.code === 'in_flight';
}
