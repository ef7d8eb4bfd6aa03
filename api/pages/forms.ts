import express, { type RequestHandler } from 'express';
import type { z } from 'zod';
import type { Key, Translate } from '../../locales/translator.ts';
import { BODY_LIMIT, refuseLong } from '../json-body.ts';
import { type FieldError, fieldErrorsOf, Problem } from '../problem.ts';

/** Reads posted forms. */
export const formBody: RequestHandler[] = [
  refuseLong,
  express.urlencoded({ extended: false, limit: BODY_LIMIT }),
];

/** What was typed, by the names of the fields, as it is shown again. A field that comes twice is a list. */
export type Typed = Record<string, string | string[] | undefined>;

/** A form as it is shown: what was typed, and what is wrong with it, by the names of the fields. */
export interface FormState {
  typed: Typed;
  errors: Record<string, string>;
}

export const EMPTY_FORM: FormState = { typed: {}, errors: {} };

/** The fields of a posted form. @throws Problem 415 when it is none */
export function typedIn(body: unknown): Typed {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem(415, 'unsupported_media_type', 'Send the fields as a form does.');
  // Browsers send line breaks as two characters, and count them as one.
  const oneBreak = (text: unknown) => (typeof text === 'string' ? text.replace(/\r\n?/g, '\n') : text);
  const fields = Object.entries(body).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(oneBreak) : oneBreak(value),
  ]);
  return Object.fromEntries(fields) as Typed;
}

/** The first value of a field; '' without any. */
export function typedText(typed: Typed, name: string): string {
  const value = typed[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** All values of a field. */
export function typedList(typed: Typed, name: string): string[] {
  const value = typed[name];
  return value === undefined ? [] : [value].flat();
}

/**
 * The nested value that dotted names make: `client.name=Ana` is `{client: {name: 'Ana'}}`. Empty fields count
 * as left out; fields in `lists` are lists also when one or none was ticked.
 */
export function nested(typed: Typed, lists: string[] = []): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  const entries = Object.entries({ ...Object.fromEntries(lists.map((name) => [name, []])), ...typed });
  for (const [name, given] of entries) {
    const value = lists.includes(name) ? [given ?? []].flat().filter(Boolean) : given;
    if (value === '' || value === undefined) continue;
    const path = name.split('.');
    const last = path.pop() ?? name;
    let place = root;
    for (const part of path) {
      const inner = Object.hasOwn(place, part) ? place[part] : undefined;
      // `client=x` beside `client.name=y`: no form of ours sends that.
      place[part] = typeof inner === 'object' && inner !== null ? inner : {};
      place = place[part] as Record<string, unknown>;
    }
    if (last !== '__proto__') place[last] = value;
  }
  return root;
}

/** The value that a schema makes of an input, or what is wrong with each field, in words. */
export function readForm<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  t: Translate,
): { value: z.infer<Schema>; errors?: undefined } | { errors: Record<string, string> } {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { value: parsed.data };
  return { errors: errorsInWords(fieldErrorsOf(parsed.error, input), t) };
}

/** `/client/email` and `invalid_format` become `client.email` and words; the first error of a field counts. */
export function errorsInWords(errors: FieldError[], t: Translate): Record<string, string> {
  const words: Record<string, string> = {};
  for (const { pointer, code } of errors) {
    const name = pointer.slice(1).replaceAll('/', '.');
    words[name] ??= t(wordsFor(name, code));
  }
  return words;
}

/** What can be wrong with any field; some fields have words of their own. */
export const FIELD_PROBLEMS = [
  'required',
  'too_small',
  'too_big',
  'invalid_format',
  'invalid_text',
  'unknown_partner',
] as const;

function wordsFor(name: string, code: string): Key {
  if (name.endsWith('email') && code === 'local_part_not_ascii') return 'error.email-accents';
  if (name.endsWith('email')) return code === 'required' ? 'error.required' : 'error.email';
  if (name.endsWith('consent')) return 'error.consent';
  if (name.endsWith('amount')) return 'error.amount';
  const known = FIELD_PROBLEMS.find((each) => each === code);
  return known ? `error.${known}` : 'error.invalid';
}
