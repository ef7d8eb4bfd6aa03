import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rank, rankParts, type TrackRecord } from '../../domain/ranking.ts';

const record = (completedProjects: number, reviewCount = 0, ratingSum = 0): TrackRecord => ({
  completedProjects,
  reviewCount,
  ratingSum,
});

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** What can have happened: any number of projects, any number of reviews of 1 to 5 each. */
const records: fc.Arbitrary<TrackRecord> = fc
  .record({ completedProjects: fc.nat(2_000), reviewCount: fc.nat(2_000), goodwill: share })
  .map(({ completedProjects, reviewCount, goodwill }) =>
    record(completedProjects, reviewCount, reviewCount + Math.round(4 * reviewCount * goodwill)),
  );

describe('rank', () => {
  test.each([
    { what: 'the worked example', of: record(20, 12, 57), is: 79.22 },
    { what: 'a newcomer', of: record(0), is: 45 },
    { what: 'one project with a perfect review', of: record(1, 1, 5), is: 53.9 },
    { what: 'twenty projects with 4.5 each', of: record(20, 20, 90), is: 79.1 },
    { what: 'five projects with a rating of 1 each', of: record(5, 5, 5), is: 39.04 },
    // 45 + 25 * ln 11 / ln 101 = 45 + 25 * 0.51957
    { what: 'ten projects without a review', of: record(10), is: 57.99 },
    // 60 * (270 / 55 - 1) / 4 + 25 + 15 = 58.636 + 40
    { what: 'a hundred projects and fifty perfect reviews', of: record(100, 50, 250), is: 98.64 },
    // 60 * (20 + 4) / 6 is no more than the prior: 45, and 15 * ln 2 / ln 51 = 2.64
    { what: 'one review of 4 and no project counted', of: record(0, 1, 4), is: 47.64 },
  ])('of $what is $is', ({ of, is }) => {
    expect(Math.abs(rank(of) - is)).toBeLessThan(0.051);
  });

  test('consists of its three parts, as in the worked example', () => {
    const { rating, projects, reviews } = rankParts(record(20, 12, 57));
    expect(rating).toBeCloseTo(52.94, 2);
    expect(projects).toBeCloseTo(16.49, 2);
    expect(reviews).toBeCloseTo(9.79, 2);
  });

  test('of twenty good reviews is above that of one perfect one', () => {
    expect(rank(record(20, 20, 90))).toBeGreaterThan(rank(record(1, 1, 5)));
    expect(rank(record(20, 20, 80))).toBeGreaterThan(rank(record(20, 1, 5)));
  });

  test('of a newcomer is not the last: whoever disappointed is behind it', () => {
    expect(rank(record(0))).toBeGreaterThan(rank(record(5, 5, 5)));
    expect(rank(record(0))).toBeGreaterThan(rank(record(1, 1, 1)));
    expect(rank(record(0))).toBeLessThan(rank(record(3, 3, 12)));
  });

  test('earns no more from projects beyond 100 and reviews beyond 50', () => {
    expect(rankParts(record(1_000)).projects).toBe(25);
    expect(rankParts(record(1_000, 900, 3_600)).reviews).toBe(15);
  });

  test('is from 0 to 100', () => {
    fc.assert(
      fc.property(records, (of) => {
        expect(rank(of)).toBeGreaterThanOrEqual(0);
        expect(rank(of)).toBeLessThanOrEqual(100);
        for (const part of Object.values(rankParts(of))) expect(part).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('never falls by another completed project', () => {
    fc.assert(
      fc.property(records, (of) => {
        const more = rank({ ...of, completedProjects: of.completedProjects + 1 });
        expect(more).toBeGreaterThanOrEqual(rank(of));
      }),
    );
  });

  test('rises with a better rating of the same reviews', () => {
    fc.assert(
      fc.property(records, (of) => {
        fc.pre(of.ratingSum < 5 * of.reviewCount);
        expect(rank({ ...of, ratingSum: of.ratingSum + 1 })).toBeGreaterThan(rank(of));
      }),
    );
  });

  test('rises with another review of 5 and falls with another one of 1', () => {
    fc.assert(
      fc.property(records, (of) => {
        const reviewed = (rating: number) =>
          rank({ ...of, reviewCount: of.reviewCount + 1, ratingSum: of.ratingSum + rating });
        expect(reviewed(5)).toBeGreaterThan(rank(of));
        expect(reviewed(1)).toBeLessThan(rank(of));
      }),
    );
  });
});
