import { z } from 'zod';
import type { Sql } from '../../../../db/connect.ts';
import {
  listOwnReviews,
  type OwnReview,
  type UnreviewedDeal,
  unreviewedDeals,
} from '../../../../db/own-reviews.ts';
import { type ReviewSummary, summariseReviews } from '../../../../db/reviews.ts';
import { decodeCursor, pageOf } from '../../../cursor.ts';

const PER_PAGE = 10;
const LATEST_UNREVIEWED = 5;

/** A page of a partner's reviews, and what the whole of them comes to. */
export interface MyReviews {
  shown: OwnReview[];
  summary: ReviewSummary;
  unreviewed: { total: number; latest: UnreviewedDeal[] };
  /** Of this page and of the next one; undefined on the first, and null on the last. */
  cursor: string | undefined;
  nextCursor: string | null;
}

/** Reads a page of a partner's reviews. @throws Problem 422 when the cursor is none of this list */
export async function loadReviews(
  sql: Sql,
  partnerId: string,
  cursor: string | undefined,
): Promise<MyReviews> {
  const before = decodeCursor(z.uuid(), cursor);
  const [rows, summary, unreviewed] = await Promise.all([
    listOwnReviews(sql, { partnerId, before, limit: PER_PAGE + 1 }),
    summariseReviews(sql, partnerId),
    unreviewedDeals(sql, partnerId, LATEST_UNREVIEWED),
  ]);
  const { data, page } = pageOf(rows, PER_PAGE, (last) => last.id);
  return { shown: data, summary, unreviewed, cursor, nextCursor: page.nextCursor };
}

/** Where a page of the reviews is. */
export function reviewsPath(cursor: string | undefined | null): string {
  return cursor ? `/workspace/reviews?cursor=${cursor}` : '/workspace/reviews';
}
