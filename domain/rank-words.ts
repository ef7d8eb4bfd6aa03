import { rank, rankParts, type TrackRecord } from './ranking.ts';

/** The three parts of a rank, in the order in which they are shown. */
export type RankPart =
  | {
      code: 'rating';
      points: number;
      max: number;
      figures: { reviews: number; average: number; mean: number };
    }
  | { code: 'projects'; points: number; max: number; figures: { completed: number } }
  | { code: 'reviews'; points: number; max: number; figures: { reviews: number } };

/** What would raise a rank, as codes with their figures; words are made where they are read. */
export type RankAdvice = Gain | { code: 'ask-clients'; projects: number };

interface Gain {
  code: 'next-project' | 'next-review';
  points: number;
}

// What a record beyond all bounds earns: the shares of the 100 points, whatever the formula says of them.
const FULL = rankParts({ completedProjects: 1e9, reviewCount: 1e9, ratingSum: 5e9 });
const MAX = {
  rating: Math.round(FULL.rating),
  projects: Math.round(FULL.projects),
  reviews: Math.round(FULL.reviews),
};

// In points: what is shown with one decimal would be shown as nothing.
const TOO_LITTLE = 0.05;

/** What a rank is made of: points are rounded to two decimals, `mean` is the Bayesian mean of ratings. */
export function explainRank(record: TrackRecord): RankPart[] {
  const { rating, projects, reviews } = rankParts(record);
  const { completedProjects: completed, reviewCount, ratingSum } = record;
  const average = reviewCount > 0 ? hundredths(ratingSum / reviewCount) : 0;
  const mean = hundredths(1 + (4 * rating) / MAX.rating);
  return [
    {
      code: 'rating',
      points: hundredths(rating),
      max: MAX.rating,
      figures: { reviews: reviewCount, average, mean },
    },
    { code: 'projects', points: hundredths(projects), max: MAX.projects, figures: { completed } },
    { code: 'reviews', points: hundredths(reviews), max: MAX.reviews, figures: { reviews: reviewCount } },
  ];
}

/**
 * What the next five-star review and the next project would add, most first, and whose reviews are missing.
 * A newcomer: 5.1 points by the review (2.5 for the mean, 2.6 for the count) and 3.8 by the project. Nothing
 * is said of what would add less than 0.05.
 */
export function adviseOnRank(record: TrackRecord): RankAdvice[] {
  const { completedProjects, reviewCount, ratingSum } = record;
  const now = rank(record);
  const gains: Gain[] = [
    {
      code: 'next-review',
      points: rank({ ...record, reviewCount: reviewCount + 1, ratingSum: ratingSum + 5 }) - now,
    },
    { code: 'next-project', points: rank({ ...record, completedProjects: completedProjects + 1 }) - now },
  ];
  const unreviewed = completedProjects - reviewCount;
  const advice = gains.filter((gain) => gain.points >= TOO_LITTLE).sort((a, b) => b.points - a.points);
  return unreviewed > 0 ? [...advice, { code: 'ask-clients', projects: unreviewed }] : advice;
}

/** Rounded to two decimals. */
export function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
