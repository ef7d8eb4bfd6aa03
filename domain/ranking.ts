/** What is counted of a partner's past. */
export interface TrackRecord {
  completedProjects: number;
  reviewCount: number;
  /** The sum of all visible ratings, each 1 to 5. */
  ratingSum: number;
}

// A newcomer counts as if five clients had rated it 4.0: one review moves that mean only a little.
const PRIOR_RATING = 4;
const PRIOR_REVIEWS = 5;

// Shares of the 100 points, and the figures that earn a share in full.
const RATING_POINTS = 60;
const PROJECT_POINTS = 25;
const REVIEW_POINTS = 15;
const MANY_PROJECTS = 100;
const MANY_REVIEWS = 50;

/**
 * A partner's rank, 0 to 100: three parts that only its own record decides.
 *
 *     rating   = 60 * (mean - 1) / 4,  mean = (4 * 5 + sum of ratings) / (5 + reviews)   (Bayesian mean)
 *     projects = 25 * log(1 + completed) / log(1 + 100), at most 25
 *     reviews  = 15 * log(1 + reviews) / log(1 + 50), at most 15
 *
 * Worked example: 20 completed projects, 12 reviews that sum to 57 (4.75 each).
 * mean = (20 + 57) / 17 = 4.529, rating = 52.94; projects = 25 * 3.0445 / 4.6151 = 16.49;
 * reviews = 15 * 2.5649 / 3.9318 = 9.79; rank = 79.22.
 *
 * A newcomer has 45; one project with a perfect review 53.9; twenty with 4.5 each 79.1; five with a
 * rating of 1 each 39.0.
 *
 * The Bayesian mean is the usual one of rating sites: a prior of `PRIOR_REVIEWS` ratings.
 */
export function rank(record: TrackRecord): number {
  const { rating, projects, reviews } = rankParts(record);
  return rating + projects + reviews;
}

/** The three parts of the rank, in points. */
export function rankParts({ completedProjects, reviewCount, ratingSum }: TrackRecord): {
  rating: number;
  projects: number;
  reviews: number;
} {
  const mean = (PRIOR_RATING * PRIOR_REVIEWS + ratingSum) / (PRIOR_REVIEWS + reviewCount);
  return {
    rating: (RATING_POINTS * (mean - 1)) / 4,
    projects: PROJECT_POINTS * logShare(completedProjects, MANY_PROJECTS),
    reviews: REVIEW_POINTS * logShare(reviewCount, MANY_REVIEWS),
  };
}

/** 0 for nothing, 1 for `many` and more, on a log scale: the tenth counts more than the hundredth. */
function logShare(count: number, many: number): number {
  return Math.min(1, Math.log(1 + count) / Math.log(1 + many));
}
