/** The name of the field for the reply to a review: several are on the page. */
export function replyField(reviewId: string): string {
  return `text.${reviewId}`;
}
