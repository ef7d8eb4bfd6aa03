import fc from 'fast-check';
import type { Change } from './call.ts';

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
  'get',
  'X',
];
/** Another method. */
export const method = fc.constantFrom(...METHODS).map(
  (name): Change =>
    (call) => ({ ...call, method: name, strayed: true }),
);

const SEGMENTS = [
  '%00',
  '%ff',
  '%2e%2e',
  '%2f',
  '%',
  '%u0041',
  '..',
  '.',
  '',
  '%F0%9F%98%80',
  '__proto__',
  'x'.repeat(7_000),
  '%0d%0aX:1',
  ';a=1',
  '\xff',
  '%5c',
  '%252e%252e',
];
/** Another address: one that is the same to some, or none at all. */
export const path: fc.Arbitrary<Change> = fc
  .oneof(
    fc.tuple(fc.constantFrom(...SEGMENTS), fc.nat(6)).map(([segment, place]) => (old: string) => {
      const parts = old.split('/');
      return [...parts.slice(0, 1 + place), segment, ...parts.slice(1 + place)].join('/');
    }),
    fc.tuple(fc.constantFrom(...SEGMENTS), fc.nat(6)).map(([segment, place]) => (old: string) => {
      const parts = old.split('/');
      return parts
        .map((part, n) => (n === 1 + (place % Math.max(1, parts.length - 1)) ? part + segment : part))
        .join('/');
    }),
    fc.constantFrom<((old: string) => string)[]>(
      (old) => old.toUpperCase(),
      (old) => `/${old}`,
      (old) => `${old}/`,
      (old) => old.replaceAll('/', '//'),
      (old) => old.replaceAll('/', '\\'),
      (old) => `http://evil.example${old}`,
      (old) => `${old}?`,
      (old) => `${old}?${'a=1&'.repeat(1_500)}`,
      () => '*',
    ),
  )
  .map(
    (change): Change =>
      (call) => ({ ...call, strayed: true, path: change(call.path) }),
  );
