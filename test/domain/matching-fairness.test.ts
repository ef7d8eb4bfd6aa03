import { expect, test } from 'vitest';
import { type Candidate, draw, pick, type Weighted } from '../../domain/matching.ts';

const SEEDS = 20_000;

// With 20,000 draws the standard deviation of a share is 0.0035 at most; seeds are fixed, so a run that
// passes once passes always.
const SHARE_TOLERANCE = 0.015;

// Chi square with 5 degrees of freedom exceeds this in one of 10,000 fair runs.
const CHI_SQUARE_LIMIT = 25.7;

const WEIGHTS = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 10 };
const WEIGHTED = Object.entries(WEIGHTS).map(([id, weight]) => ({ id, weight }));

test('the first partner is drawn as often as its weight says', () => {
  const picks = countPicks((seed) => pick(WEIGHTED, seed, 1));
  const sum = WEIGHTED.reduce((total, { weight }) => total + weight, 0);
  const chiSquare = WEIGHTED.reduce((total, { id, weight }) => {
    const expected = (SEEDS * weight) / sum;
    return total + ((picks.get(id) ?? 0) - expected) ** 2 / expected;
  }, 0);
  expect(chiSquare).toBeLessThan(CHI_SQUARE_LIMIT);
});

test('three are drawn as often as weighted drawing without replacement says', () => {
  const picks = countPicks((seed) => pick(WEIGHTED, seed, 3));
  const expected = chances(WEIGHTED, 3);
  for (const { id } of WEIGHTED) {
    expect(Math.abs((picks.get(id) ?? 0) / SEEDS - (expected.get(id) ?? 0))).toBeLessThan(SHARE_TOLERANCE);
  }
});

test('equal partners are drawn equally often, also under seeds that differ by one letter', () => {
  const equal = [...'abcdefghijkl'].map((id) => ({ id, weight: 650_000 }));
  const picks = countPicks((seed) => pick(equal, seed, 3));
  for (const { id } of equal)
    expect(Math.abs((picks.get(id) ?? 0) / SEEDS - 3 / 12)).toBeLessThan(SHARE_TOLERANCE);
});

test('the second draw of a request does not repeat the first', () => {
  const equal = [...'abcdefghijkl'].map((id) => ({ id, weight: 1 }));
  let same = 0;
  for (let no = 0; no < SEEDS; no += 1)
    if (pick(equal, `request ${no}/1`, 3).join() === pick(equal, `request ${no}/2`, 3).join()) same += 1;
  // 220 threesomes of 12: one pair of draws in 220 is the same by chance.
  expect(same / SEEDS).toBeCloseTo(1 / 220, 2);
});

test('a newcomer among 23 with the best rank gets over half of a fair share', () => {
  const field: Candidate[] = Array.from({ length: 24 }, (_, no) => ({
    id: no === 23 ? 'newcomer' : `veteran ${no}`,
    rank: no === 23 ? 45 : 100,
    liveLeads: 0,
    speaksFirst: false,
  }));
  const picks = countPicks((seed) => draw(field, 'balanced', seed, 3).picked);
  expect((picks.get('newcomer') ?? 0) / SEEDS).toBeGreaterThan(0.5 * (3 / 24));
});

test('a partner with live leads is drawn less often than its free twin, by as much as the weights say', () => {
  const field: Candidate[] = ['free', 'busy', 'c', 'd', 'e'].map((id) => ({
    id,
    rank: 60,
    liveLeads: id === 'busy' ? 3 : 0,
    speaksFirst: false,
  }));
  const picks = countPicks((seed) => draw(field, 'balanced', seed, 1).picked);
  expect((picks.get('free') ?? 0) / (picks.get('busy') ?? 0)).toBeCloseTo(4, 0);
});

function countPicks(picked: (seed: string) => string[]): Map<string, number> {
  const picks = new Map<string, number>();
  for (let no = 0; no < SEEDS; no += 1)
    for (const id of picked(`request ${no}/1`)) picks.set(id, (picks.get(id) ?? 0) + 1);
  return picks;
}

/** The chance of each to be among `count` drawn one after the other: summed over every order of drawing. */
function chances(left: Weighted[], count: number): Map<string, number> {
  const sum = left.reduce((total, { weight }) => total + weight, 0);
  const result = new Map<string, number>(left.map(({ id }) => [id, 0]));
  if (count === 0) return result;
  for (const first of left) {
    const chance = first.weight / sum;
    result.set(first.id, (result.get(first.id) ?? 0) + chance);
    const others = left.filter((each) => each !== first);
    for (const [id, share] of chances(others, count - 1))
      result.set(id, (result.get(id) ?? 0) + chance * share);
  }
  return result;
}
