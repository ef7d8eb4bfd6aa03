import { describe, expect, it } from 'vitest';
import { chances } from '../../domain/chances.ts';
import { pick } from '../../domain/matching.ts';

describe('the chances of a draw', () => {
  it.each<[string, number[], number, number[]]>([
    ['nobody', [], 3, []],
    ['one of two that weigh the same', [5, 5], 1, [0.5, 0.5]],
    ['two of three that weigh the same', [1, 1, 1], 2, [2 / 3, 2 / 3, 2 / 3]],
    ['fewer than are wanted', [7, 1], 3, [1, 1]],
    ['some that are never picked', [1, 1, 1, 0, 0], 3, [1, 1, 1, 0, 0]],
    // 3/4 at first, or second after the other (1/4 * 3/3)
    ['one of 3 : 1', [3, 1], 1, [0.75, 0.25]],
    // First 2/4, or second: after one of the two others, 1/4 each, 2/3.
    ['two of 2 : 1 : 1', [2, 1, 1], 2, [5 / 6, 7 / 12, 7 / 12]],
  ])('%s', (_, weights, count, expected) => {
    const found = chances(weights, count);
    expect(found).toHaveLength(expected.length);
    for (const [index, chance] of expected.entries()) expect(found[index]).toBeCloseTo(chance, 12);
  });

  it('are what drawing gives in the long run, and sum up to the number drawn', () => {
    const weights = [1_000_000, 500_000, 480_000, 200_000, 90_000, 1];
    const expected = chances(weights, 3);
    expect(expected.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(3, 9);
    const candidates = weights.map((weight, index) => ({ id: String(index), weight }));
    const rounds = 4_000;
    const seen = weights.map(() => 0);
    for (let round = 0; round < rounds; round += 1)
      for (const id of pick(candidates, `chances/${round}`, 3))
        seen[Number(id)] = (seen[Number(id)] ?? 0) + 1;
    for (const [index, chance] of expected.entries())
      expect(Math.abs((seen[index] ?? 0) / rounds - chance)).toBeLessThan(0.03);
  });
});
