import type { Tier } from '../../../domain/catalog.ts';
import { useView } from '../view.ts';

const HUES = 8;

/** One or two letters on a colour of the partner's own, in place of a picture that nobody has uploaded. */
export function Monogram({ name, big = false }: { name: string; big?: boolean }) {
  const words = name.split(/[\s\-&.]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = words.slice(0, 2).map((word) => [...word][0]);
  const hue = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % HUES;
  return (
    <span class={`monogram hue-${hue}${big ? ' big' : ''}`} aria-hidden="true">
      {letters.join('').toUpperCase()}
    </span>
  );
}

/** `Silver Partner`, with its metal. */
export function TierBadge({ tier }: { tier: Tier }) {
  const { t } = useView();
  return <span class={`tier ${tier}`}>{t(`tier.${tier}`)}</span>;
}

/** A mean rating as a star, a figure, and of how many reviews. */
export function Stars({ rating, reviews }: { rating: number; reviews: number }) {
  const { t } = useView();
  return (
    <span class="rated">
      <Star />
      <span>{t('partner.rated', { rating, reviews })}</span>
    </span>
  );
}

/** A rating of one review: so many stars of five. */
export function FiveStars({ rating }: { rating: number }) {
  const { t } = useView();
  return (
    <span class="five-stars" role="img" aria-label={t('partner.stars', { rating })}>
      {[1, 2, 3, 4, 5].map((star) => (
        <Star off={star > rating} />
      ))}
    </span>
  );
}

/** One star, full or only its outline. */
export function Star({ off = false }: { off?: boolean }) {
  return (
    <svg class={off ? 'star off' : 'star'} viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
      <path d="M10 1.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8L1.6 7.7l5.8-.8z" />
    </svg>
  );
}
