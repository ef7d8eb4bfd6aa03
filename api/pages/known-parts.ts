import type { z } from 'zod';

/**
 * What a schema knows of an address or a search, all of whose parts are optional: what it does not take is left
 * out, and `flawed` says so.
 */
export function knownParts<Schema extends z.ZodType>(
  schema: Schema,
  asked: Record<string, unknown>,
): { known: z.infer<Schema>; flawed: boolean } {
  const whole = schema.safeParse(asked);
  if (whole.success) return { known: whole.data, flawed: false };
  const wrong = whole.error.issues.map(({ path }) => String(path[0]));
  const rest = Object.entries(asked).filter(([name]) => !wrong.includes(name));
  return { known: schema.parse(Object.fromEntries(rest)), flawed: true };
}
