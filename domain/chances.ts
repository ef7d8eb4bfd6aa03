/**
 * With what probability each of these weights is among the `count` that `pick` (domain/matching.ts) draws, one
 * after the other and without replacement. Exact: all orders are gone through, 24 * 23 * 22 of them for three
 * of 24 candidates. The chances of all sum up to the number drawn.
 */
export function chances(weights: number[], count: number): number[] {
  const found = weights.map(() => 0);
  const taken = new Set<number>();
  const total = weights.reduce((sum, weight) => sum + weight, 0);

  /** Goes through everyone who may be drawn next, after those taken, which happens with probability `p`. */
  const goOn = (p: number, left: number, more: number): void => {
    if (more === 0 || left <= 0) return;
    for (const [index, weight] of weights.entries()) {
      if (weight <= 0 || taken.has(index)) continue;
      const here = (p * weight) / left;
      found[index] = (found[index] ?? 0) + here;
      taken.add(index);
      goOn(here, left - weight, more - 1);
      taken.delete(index);
    }
  };
  goOn(1, total, count);
  return found;
}
