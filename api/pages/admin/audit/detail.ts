import { z } from 'zod';

/** A line of a record's detail: a value; what a field was and became; or only that it changed. */
export type DetailLine = { name: string } & (
  | { kind: 'value'; value: string }
  | { kind: 'change'; from: string; to: string }
  | { kind: 'hidden-change' }
);

const changesIn = z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }).partial());

/** A record's detail, line by line: changes first, each with its values if they are on record. */
export function detailLines({ changes, ...facts }: Record<string, unknown>): DetailLine[] {
  const changed = changesIn.catch({}).parse(changes ?? {});
  return [
    ...Object.entries(changed).map(
      ([name, change]): DetailLine =>
        'to' in change
          ? { name, kind: 'change', from: text(change.from), to: text(change.to) }
          : { name, kind: 'hidden-change' },
    ),
    ...Object.entries(facts).map(
      ([name, value]): DetailLine => ({ name, kind: 'value', value: text(value) }),
    ),
  ];
}

/** Texts as they are, lists with commas, nothing as a dash, all else as JSON has it. */
function text(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.map(text).join(', ') || '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
