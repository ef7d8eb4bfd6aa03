import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CANDIDATES,
  type Candidate,
  type Draw,
  draw,
  PARTNERS_PER_REQUEST,
  POLICY_VERSION,
  pick,
} from '../../domain/matching.ts';
import { candidates } from '../helpers/match-arbitraries.ts';

const weighted = (weights: Record<string, number>) =>
  Object.entries(weights).map(([id, weight]) => ({ id, weight }));

const candidate = (id: string, overrides: Partial<Candidate> = {}): Candidate => ({
  id,
  rank: 50,
  liveLeads: 0,
  speaksFirst: false,
  ...overrides,
});

const letters = (text: string) => [...text].map((id) => candidate(id));
const ids = (some: { id: string }[]) => some.map(({ id }) => id);

const A_REQUEST = '0197d0a0-0000-7000-8000-000000000001';

// Made by another implementation of version 1, in Python (hashlib): stored draws must replay for ever.
const GOLDEN = [
  { seed: `${A_REQUEST}/1`, weights: { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 }, picked: 'bde' },
  { seed: `${A_REQUEST}/2`, weights: { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 }, picked: 'cde' },
  { seed: 'heavy/1', weights: { a: 4_800_000, b: 1_000_000, c: 500_000, d: 1, e: 650_000 }, picked: 'abe' },
  { seed: 'Zoë/1', weights: { p: 3, q: 0, r: 5, s: 8, t: 13 }, picked: 'prs' },
];

const policies = fc.constantFrom('top' as const, 'balanced' as const);

const someWeighted = fc.uniqueArray(
  fc.record({ id: fc.uuid(), weight: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4_800_000 })) }),
  { selector: ({ id }) => id, maxLength: CANDIDATES, size: 'max' },
);

describe('pick', () => {
  test.each([
    { what: 'nobody of nobody', weights: {}, count: 3, picked: [] },
    { what: 'nobody when nobody is wanted', weights: { a: 1, b: 1 }, count: 0, picked: [] },
    { what: 'everybody when fewer than wanted', weights: { b: 7, a: 1 }, count: 3, picked: ['b', 'a'] },
    { what: 'everybody when as many as wanted', weights: { c: 1, a: 9, b: 5 }, count: 3, picked: 'cab' },
    { what: 'nobody of weight 0', weights: { a: 0, b: 3, c: 0 }, count: 3, picked: ['b'] },
    { what: 'nobody when all weigh 0', weights: { a: 0, b: 0 }, count: 3, picked: [] },
    { what: 'the only ones that weigh', weights: { a: 0, b: 1, c: 1, d: 0, e: 1 }, count: 3, picked: 'bce' },
  ])('takes $what', ({ weights, count, picked }) => {
    for (const seed of ['', 'a', 'seed/1']) expect(pick(weighted(weights), seed, count)).toEqual([...picked]);
  });

  test.each(GOLDEN)('replays $seed of version 1', ({ seed, weights, picked }) => {
    expect(pick(weighted(weights), seed, 3)).toEqual([...picked]);
  });

  test('takes distinct partners of weight above 0, in catalog order, as many as there are up to count', () => {
    fc.assert(
      fc.property(someWeighted, fc.string(), fc.nat(30), (list, seed, count) => {
        const picked = pick(list, seed, count);
        const pickable = ids(list.filter(({ weight }) => weight > 0));
        expect(picked).toEqual(pickable.filter((id) => picked.includes(id)));
        expect(picked).toHaveLength(Math.min(count, pickable.length));
      }),
    );
  });

  test('decides by candidates, seed and count alone', () => {
    fc.assert(
      fc.property(someWeighted, fc.string(), fc.nat(5), (list, seed, count) => {
        expect(pick(structuredClone(list), seed, count)).toEqual(pick(list, seed, count));
      }),
    );
  });

  test('picks for a smaller count are among those for a greater one', () => {
    fc.assert(
      fc.property(someWeighted, fc.string(), fc.nat(5), (list, seed, count) => {
        expect(pick(list, seed, count + 1)).toEqual(expect.arrayContaining(pick(list, seed, count)));
      }),
    );
  });
});

describe('draw', () => {
  test.each([
    { what: 'rank 80 without leads', given: { rank: 80 }, weight: 1_000_000 },
    { what: 'rank 80 with one lead', given: { rank: 80, liveLeads: 1 }, weight: 500_000 },
    { what: 'rank 30 without leads', given: { rank: 30 }, weight: 500_000 },
    { what: 'rank 0', given: { rank: 0 }, weight: 200_000 },
    { what: 'a newcomer', given: { rank: 45 }, weight: 650_000 },
    {
      what: 'a newcomer with the primary language',
      given: { rank: 45, speaksFirst: true },
      weight: 2_600_000,
    },
    { what: 'the best there can be', given: { rank: 100, speaksFirst: true }, weight: 4_800_000 },
    { what: 'three leads', given: { rank: 100, liveLeads: 3 }, weight: 300_000 },
    { what: 'a fraction, rounded', given: { rank: 79.22, liveLeads: 2 }, weight: 330_733 },
    { what: 'leads without end', given: { rank: 0, liveLeads: 2 ** 31 - 1 }, weight: 1 },
  ])('balanced weighs $what as $weight', ({ given, weight }) => {
    expect(draw([candidate('a', given)], 'balanced', 's', 3).candidates).toEqual([{ id: 'a', weight }]);
  });

  test('top takes the first three in catalog order, whatever the seed and the load', () => {
    fc.assert(
      fc.property(candidates, fc.string(), (list, seed) => {
        expect(draw(list, 'top', seed, PARTNERS_PER_REQUEST).picked).toEqual(ids(list.slice(0, 3)));
      }),
    );
  });

  test('top keeps the others at weight 0', () => {
    expect(draw(letters('abcde'), 'top', 's', 3).candidates).toEqual(
      weighted({ a: 1, b: 1, c: 1, d: 0, e: 0 }),
    );
  });

  test('balanced may pick everybody', () => {
    fc.assert(
      fc.property(candidates, fc.string(), (list, seed) => {
        const { picked, candidates: kept } = draw(list, 'balanced', seed, 3);
        expect(kept.every(({ weight }) => Number.isInteger(weight) && weight >= 1)).toBe(true);
        expect(picked).toHaveLength(Math.min(3, list.length));
      }),
    );
  });

  test('keeps its policy, its version, its seed and every candidate in catalog order', () => {
    fc.assert(
      fc.property(candidates, policies, fc.string(), (list, policy, seed) => {
        const drawn = draw(list, policy, seed, 3);
        expect(drawn).toMatchObject({ policy, policyVersion: POLICY_VERSION, seed });
        expect(ids(drawn.candidates)).toEqual(ids(list));
      }),
    );
  });

  test('replays from its stored form alone', () => {
    fc.assert(
      fc.property(candidates, policies, fc.string(), fc.nat(5), (list, policy, seed, count) => {
        const drawn = draw(list, policy, seed, count);
        const stored: Draw = JSON.parse(JSON.stringify(drawn));
        expect(stored).toEqual(drawn);
        expect(pick(stored.candidates, stored.seed, count)).toEqual(drawn.picked);
      }),
    );
  });

  test('weights of any legal list sum to less than 2^28, so the modulo favours nobody', () => {
    fc.assert(
      fc.property(candidates, policies, (list, policy) => {
        expect(sumOf(draw(list, policy, 's', 3))).toBeLessThan(2 ** 28);
      }),
    );
    const heaviest = Array.from({ length: CANDIDATES }, (_, no) =>
      candidate(`${no}`, { rank: 100, speaksFirst: true }),
    );
    expect(sumOf(draw(heaviest, 'balanced', 's', 3))).toBe(115_200_000);
  });
});

function sumOf({ candidates: kept }: Draw): number {
  return kept.reduce((sum, { weight }) => sum + weight, 0);
}
