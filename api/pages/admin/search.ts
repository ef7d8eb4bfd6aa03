import type { z } from 'zod';
import { type Typed, typedText } from '../forms.ts';
import { knownParts } from '../known-parts.ts';
import { listPath } from './parts.tsx';

/** What a search form holds, each field once. */
export function searchIn(typed: Typed, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field, typedText(typed, field).trim()]));
}

/** Browsers and logs keep addresses of pages: no e-mail address may be in one. */
export function isSecret(q: string | undefined): boolean {
  return q?.includes('@') ?? false;
}

/** Where a posted search is to be found, or undefined when only the answer to the post may show it. */
export function searchPath(
  path: string,
  search: Record<string, string>,
  schema: z.ZodType,
): string | undefined {
  if (isSecret(search.q) || knownParts(schema, search).flawed) return undefined;
  return listPath(path, { ...search, cursor: null });
}
