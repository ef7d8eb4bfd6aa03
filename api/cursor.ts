import type { z } from 'zod';
import { Problem } from './problem.ts';

/** A cursor is the last row's place in the order, opaque to clients. */
export function encodeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws Problem 422 when the cursor is not one that this list gave */
export function decodeCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string | undefined,
): z.infer<Schema> | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    const errors = [
      { pointer: '/cursor', code: 'invalid_cursor', detail: 'Use the nextCursor of the page before.' },
    ];
    throw new Problem(422, 'invalid', 'The cursor is not one of this list.', errors);
  }
}
