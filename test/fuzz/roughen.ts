import fc from 'fast-check';
import type { Call, Change } from './call.ts';
import { body } from './odd-bodies.ts';
import { header } from './odd-headers.ts';
import { method, path } from './odd-paths.ts';

/** Most calls as they are; some changed in what is around their content. */
export function roughened(calls: fc.Arbitrary<Call>): fc.Arbitrary<Call> {
  const changes = fc.oneof(
    { weight: 9, arbitrary: fc.constant<Change[]>([]) },
    { weight: 4, arbitrary: fc.array(header, { minLength: 1, maxLength: 3 }) },
    { weight: 2, arbitrary: fc.tuple(body) },
    { weight: 1, arbitrary: fc.tuple(method) },
    { weight: 2, arbitrary: fc.tuple(path) },
  );
  return fc.tuple(calls, changes).map(([call, all]) => all.reduce<Call>((old, change) => change(old), call));
}
