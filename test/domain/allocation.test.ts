import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, type Placed, type Wanting } from '../../domain/allocation.ts';
import { draw, type MatchingPolicy } from '../../domain/matching.ts';
import { candidates } from '../helpers/match-arbitraries.ts';

const placed = (id: string, free: number | null = null): Placed => ({
  id,
  rank: 50,
  liveLeads: 0,
  speaksFirst: false,
  free,
});

const wanting = (requestId: string, ofThem: Placed[], count = 3): Wanting => ({
  requestId,
  drawNo: 1,
  count,
  candidates: ofThem,
});

const places = fc.option(fc.integer({ min: 1, max: 3 }));
const policies = fc.constantFrom<MatchingPolicy>('top', 'balanced');

/** Up to 12 requests, each for some partners of one small catalog, who have 1 to 3 places or no limit. */
const batches: fc.Arbitrary<Wanting[]> = candidates
  .chain((field) => fc.tuple(...field.map((each) => fc.record({ each: fc.constant(each), free: places }))))
  .map((field): Placed[] => field.map(({ each, free }) => ({ ...each, free })))
  .chain((field) =>
    fc.uniqueArray(
      fc.record({
        requestId: fc.uuid(),
        drawNo: fc.integer({ min: 1, max: 4 }),
        count: fc.integer({ min: 0, max: 3 }),
        candidates: fc.subarray(field),
      }),
      { selector: ({ requestId }) => requestId, maxLength: 12, size: 'max' },
    ),
  );

describe('a batch of draws', () => {
  test('decides nothing when nobody wants anything', () => {
    expect(allocate([], 'balanced')).toEqual({ draws: new Map(), left: new Set() });
  });

  test('draws nobody for a request without candidates, and does not leave it', () => {
    const { draws, left } = allocate([wanting('r', [])], 'balanced');
    expect(draws.get('r')).toMatchObject({ seed: 'r/1', candidates: [], picked: [] });
    expect(left.size).toBe(0);
  });

  test('gives the last place to the first in line and leaves the second', () => {
    const field = [placed('last', 1), placed('b'), placed('c'), placed('d')];
    const { draws, left } = allocate([wanting('first', field), wanting('second', field)], 'top');
    expect(draws.get('first')?.picked).toEqual(['last', 'b', 'c']);
    expect([...left]).toEqual(['second']);
    expect(draws.has('second')).toBe(false);
  });

  test('goes on with those behind one that is left', () => {
    const last = placed('last', 1);
    const { draws, left } = allocate(
      [wanting('first', [last]), wanting('left', [last]), wanting('third', [placed('other')])],
      'top',
    );
    expect([...draws.keys()]).toEqual(['first', 'third']);
    expect([...left]).toEqual(['left']);
  });

  test('leaves a request also when who ran out would not have been picked', () => {
    const field = [placed('a'), placed('b'), placed('c'), placed('last', 1)];
    const { left } = allocate([wanting('first', [placed('last', 1)]), wanting('second', field)], 'top');
    expect([...left]).toEqual(['second']);
  });

  test('never runs out of partners without a limit', () => {
    const many = Array.from({ length: 100 }, (_, no) => wanting(`r${no}`, [placed('a')]));
    expect(allocate(many, 'balanced').left.size).toBe(0);
  });

  test('makes a partner that was drawn count as busier for the next', () => {
    const { draws } = allocate([wanting('r1', [placed('a')]), wanting('r2', [placed('a')])], 'balanced');
    expect(draws.get('r1')?.candidates).toEqual([{ id: 'a', weight: 700_000 }]);
    expect(draws.get('r2')?.candidates).toEqual([{ id: 'a', weight: 350_000 }]);
  });

  test('does not touch what it was given', () => {
    const batch = [wanting('r1', [placed('a', 2)]), wanting('r2', [placed('a', 2)])];
    const before = structuredClone(batch);
    allocate(batch, 'balanced');
    expect(batch).toEqual(before);
  });
});

test('a batch comes out as if its requests had been decided one by one', () => {
  fc.assert(
    fc.property(batches, policies, (batch, policy) => {
      const { draws, left } = allocate(batch, policy);
      const oneByOne = decideOneByOne(batch, policy);
      expect([...left]).toEqual(oneByOne.left);
      expect(Object.fromEntries(draws)).toEqual(oneByOne.draws);
      expect(draws.size + left.size).toBe(batch.length);
    }),
    { numRuns: 300 },
  );
});

test('no partner gets more leads from a batch than it has places', () => {
  fc.assert(
    fc.property(batches, policies, (batch, policy) => {
      const picked = [...allocate(batch, policy).draws.values()].flatMap((drawn) => drawn.picked);
      for (const { id, free } of batch.flatMap((each) => each.candidates))
        if (free !== null) expect(picked.filter((each) => each === id).length).toBeLessThanOrEqual(free);
    }),
    { numRuns: 300 },
  );
});

/** The rule told again: keep the books of every partner after each request. */
function decideOneByOne(batch: Wanting[], policy: MatchingPolicy) {
  const given: Record<string, number> = {};
  const draws: Record<string, unknown> = {};
  const left: string[] = [];
  for (const { requestId, drawNo, count, candidates: field } of batch) {
    const isOut = ({ id, free }: Placed) => free !== null && free - (given[id] ?? 0) <= 0;
    if (field.some(isOut)) {
      left.push(requestId);
      continue;
    }
    const seen = field.map(({ free, ...each }) => ({
      ...each,
      liveLeads: each.liveLeads + (given[each.id] ?? 0),
    }));
    const drawn = draw(seen, policy, `${requestId}/${drawNo}`, count);
    for (const id of drawn.picked) given[id] = (given[id] ?? 0) + 1;
    draws[requestId] = drawn;
  }
  return { draws, left };
}
