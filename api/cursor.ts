import type { z } from 'zod';
import { Problem } from './problem.ts';

/** A page of a list, as the contract has it. */
export interface Page<Row> {
  data: Row[];
  page: { nextCursor: string | null };
}

/**
 * The page that rows make which were asked for with `limit + 1`: the one too many tells that there is a
 * next page. `placeOf` gives the last row's place in the list's order, which its cursor holds.
 */
export function pageOf<Row>(rows: Row[], limit: number, placeOf: (last: Row) => unknown): Page<Row> {
  const data = rows.slice(0, limit);
  const last = rows.length > limit ? data.at(-1) : undefined;
  return { data, page: { nextCursor: last ? encodeCursor(placeOf(last)) : null } };
}

/** A cursor is a place in a list's order, opaque to clients. */
function encodeCursor(place: unknown): string {
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
