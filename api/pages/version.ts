import { createHash } from 'node:crypto';
import { type Typed, typedText } from './forms.ts';

/** The fields of a form with their version: another one whenever anything has changed that the form shows. */
export function withVersion(fields: Typed): Typed {
  return { ...fields, version: versionOf(fields) };
}

/**
 * Whether a form may replace what is there: it was made from just that, or asks for just that, as the second of
 * two presses of its button does.
 */
export function mayReplace(sent: Typed, before: Typed, after: Typed): boolean {
  return [typedText(sent, 'version'), versionOf(after)].includes(versionOf(before));
}

/** What is ticked of a list has no order. */
function versionOf(fields: Typed): string {
  const facts = Object.entries(fields).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.toSorted() : value,
  ]);
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 16);
}
