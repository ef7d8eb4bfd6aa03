import type { ReviewSummary } from '../../../db/reviews.ts';
import { useView } from '../view.ts';

// In units of the drawing; the page stretches it.
const LENGTH = 100;

/** A bar for each number of stars, five at the top, as long as its share of all reviews. */
export function StarChart({ byStars }: Pick<ReviewSummary, 'byStars'>) {
  const { t, locale } = useView();
  const total = byStars.reduce((sum, count) => sum + count, 0);
  const number = new Intl.NumberFormat(locale);
  const rows = byStars.map((count, index) => ({ stars: index + 1, count })).reverse();
  return (
    <ul class="star-chart" aria-label={t('profile.chart')}>
      {rows.map(({ stars, count }) => (
        <li>
          <span class="star-label">{t('profile.stars', { stars })}</span>
          <svg viewBox={`0 0 ${LENGTH} 1`} preserveAspectRatio="none" aria-hidden="true">
            <rect class="all" width={LENGTH} height="1" />
            <rect class="part" width={(LENGTH * count) / total} height="1" />
          </svg>
          <span class="star-count">
            <span aria-hidden="true">{number.format(count)}</span>
            <span class="unseen">{t('profile.count', { count })}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
