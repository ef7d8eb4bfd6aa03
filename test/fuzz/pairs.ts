import fc from 'fast-check';
import { text } from './nasty.ts';

/** Names and values of a query or a form. */
export type Pairs = [name: string, value: string][];

/** As browsers write it. Half a character cannot be encoded; what stands for it is no UTF-8 either. */
export const encode = (part: string) => (part.isWellFormed() ? encodeURIComponent(part) : '%ED%A0%80');

/** The body of a posted form. */
export const formText = (pairs: Pairs) =>
  pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');

// All lines of a call's head together may have 16 kB.
const LONGEST = 600;

/** A query, with its question mark. */
export function queryText(pairs: Pairs): string {
  const short = pairs.map(([name, value]): [string, string] => [
    name.slice(0, LONGEST),
    value.slice(0, LONGEST),
  ]);
  return pairs.length > 0 ? `?${formText(short)}` : '';
}

const MORE_PAIRS: Pairs[] = [
  [['__proto__', 'x']],
  [
    ['constructor', 'x'],
    ['toString', 'y'],
    ['hasOwnProperty', 'z'],
  ],
  [
    ['a[]', '1'],
    ['a[b][c]', '2'],
    ['__proto__[x]', '3'],
  ],
  Array.from({ length: 1_500 }, (): [string, string] => ['a', '1']),
  [['lang', 'xx']],
  [['lang', 'pt-BR']],
];

/** Pairs of a query or a form, broken: repeated, renamed, with other values, left out, with more of them. */
export function brokenPairs(pairs: Pairs): fc.Arbitrary<Pairs> {
  type Edit = (old: Pairs) => Pairs;
  const at = fc.nat(Math.max(0, pairs.length - 1));
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(at, text).map(
        ([n, value]): Edit =>
          (old) =>
            old.map((pair, i) => (i === n ? [pair[0], value] : pair)),
      ),
    },
    at.map(
      (n): Edit =>
        (old) =>
          old.filter((_, i) => i !== n),
    ),
    fc.tuple(at, text).map(
      ([n, value]): Edit =>
        (old) => [...old, [old[n]?.[0] ?? 'a', value]],
    ),
    fc.tuple(at, fc.constantFrom('[]', '[x]', '.x', '.0', '%00')).map(
      ([n, end]): Edit =>
        (old) =>
          old.map((pair, i) => (i === n ? [pair[0] + end, pair[1]] : pair)),
    ),
    fc.constantFrom(...MORE_PAIRS).map(
      (more): Edit =>
        (old) => [...old, ...more],
    ),
    fc.tuple(text, text).map(
      (pair): Edit =>
        (old) => [...old, pair],
    ),
  );
  return fc
    .array(edit, { minLength: 1, maxLength: 3 })
    .map((edits) => edits.reduce((old, each) => each(old), pairs));
}
