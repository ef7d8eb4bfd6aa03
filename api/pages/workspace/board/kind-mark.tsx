import type { DealKind } from '../../../../domain/deal-life.ts';

const SHAPES: Record<DealKind, string> = {
  new: 'M8 4.2v4.3M8 11.3v.5',
  in_progress: 'M5 8h6M8.5 5.5 11 8l-2.5 2.5',
  won: 'm4.8 8.3 2.2 2.2 4.2-4.8',
  lost: 'm5.6 5.6 4.8 4.8M10.4 5.6l-4.8 4.8',
};

/** A stage's kind at a glance, by shape and colour; the words stand beside it. */
export function KindMark({ kind }: { kind: DealKind }) {
  return (
    <svg class={`kind-mark ${kind}`} viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
      <circle cx="8" cy="8" r="7" />
      <path d={SHAPES[kind]} />
    </svg>
  );
}
