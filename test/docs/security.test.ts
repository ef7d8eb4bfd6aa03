import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const page = readFileSync(resolve(ROOT, 'docs/security.md'), 'utf8');

/** How many requirements of the levels 1 and 2 each section of ASVS 5.0.0 has; they are numbered from 1. */
const SECTIONS: Record<string, number[]> = {
  V1: [2, 9, 11, 3, 2],
  V2: [3, 3, 4, 1],
  V3: [0, 2, 4, 6, 5, 0, 2],
  V4: [3, 1, 2, 4],
  V5: [1, 3, 2, 3],
  V6: [3, 12, 4, 4, 5, 3, 0, 4],
  V7: [3, 4, 2, 5, 2, 2],
  V8: [2, 3, 1, 1],
  V9: [3, 4],
  V10: [2, 2, 4, 11, 5, 2, 3],
  V11: [2, 3, 3, 4, 1, 1],
  V12: [3, 2, 4],
  V13: [1, 5, 2, 5],
  V14: [2, 4, 3],
  V15: [3, 3, 7],
  V16: [1, 5, 4, 3, 3],
  V17: [1, 4, 2],
};
const REQUIREMENTS = Object.entries(SECTIONS).flatMap(([chapter, counts]) =>
  counts.flatMap((count, section) =>
    Array.from({ length: count }, (_, n) => `${chapter}.${section + 1}.${n + 1}`),
  ),
);

const cells = page
  .split('\n')
  .filter((line) => /^\| V\d/.test(line))
  .map((line) => line.slice(2, -2).split(' | '));
const met = cells.filter((row) => row.length === 4);
const idle = cells.filter((row) => row.length === 2).flatMap(([ids = '']) => ids.split(', '));

describe('the table of ASVS requirements', () => {
  it('has each of them once: in a row of its own, or among those that do not apply', () => {
    expect(REQUIREMENTS).toHaveLength(253);
    expect(met.length * 4 + cells.filter((row) => row.length === 2).length * 2).toBe(cells.flat().length);
    const places = REQUIREMENTS.map((id) => [
      id,
      met.filter(([of]) => of === id).length + idle.filter((part) => `${id}.`.startsWith(`${part}.`)).length,
    ]);
    expect(places.filter(([, times]) => times !== 1)).toEqual([]);
    expect(met.map(([id]) => id).filter((id = '') => !REQUIREMENTS.includes(id))).toEqual([]);
  });

  it.each(met)('%s (level %s) names tests that exist, or says why there is none', (...row) => {
    const tests = row[3] ?? '';
    if (/^no test: \w/.test(tests)) return;
    expect(tests).toMatch(/^`[\w/-]+`(, `[\w/-]+`)*$/);
    const names = [...tests.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    expect(names.filter((name) => !existsSync(resolve(ROOT, `test/${name}.test.ts`)))).toEqual([]);
  });
});
