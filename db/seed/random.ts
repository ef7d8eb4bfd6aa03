/** Chance that comes out the same in every run: all of it follows from the seed text. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Partial<Record<K, number>>): K;
  /** Near the bell curve of this mean and deviation, never farther out than about 4 deviations. */
  bell(mean: number, deviation: number): number;
  shuffled<T>(list: readonly T[]): T[];
}

/** A generator for one thing: `random('partner 7')` never depends on what was drawn for partner 6. */
export function random(seed: string): Random {
  const next = sfc32(seed);
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  const self: Random = {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => at(list, int(0, list.length - 1)),
    weighted: (weights) => weighted(weights, next()),
    bell: (mean, deviation) => mean + deviation * Math.SQRT2 * (sum(6, next) - 3),
    shuffled(list) {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(0, i);
        [copy[i], copy[j]] = [at(copy, j), at(copy, i)];
      }
      return copy;
    },
  };
  return self;
}

function weighted<K extends string>(weights: Partial<Record<K, number>>, share: number): K {
  const entries = Object.entries(weights) as [K, number][];
  let left = share * entries.reduce((total, [, weight]) => total + weight, 0);
  for (const [key, weight] of entries) {
    left -= weight;
    if (left < 0) return key;
  }
  return at(entries, entries.length - 1)[0];
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

const sum = (times: number, next: () => number) =>
  Array.from({ length: times }, next).reduce((total, each) => total + each, 0);

/** Chris Doty-Humphrey's sfc32: 128 bits of state, the first 20 results thrown away to mix the seed in. */
function sfc32(seed: string): () => number {
  let [a, b, c, counter] = [fnv1a(`${seed}/a`), fnv1a(`${seed}/b`), fnv1a(`${seed}/c`), 1];
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 20; i++) next();
  return next;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
}
