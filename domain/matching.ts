import { createHash } from 'node:crypto';

/** Raise it when weights or drawing change: a stored draw names the version that made it. */
export const POLICY_VERSION = 1;

export type MatchingPolicy = 'top' | 'balanced';

/** How many partners a request is sent to, and among how many of the best they are drawn. */
export const PARTNERS_PER_REQUEST = 3;
export const CANDIDATES = 24;

/** A partner that a request could go to, in catalog order: primary language first, then rank, then id. */
export interface Candidate {
  id: string;
  /** 0 to 100, domain/ranking.ts */
  rank: number;
  liveLeads: number;
  /** Has the language asked for as its primary one. */
  speaksFirst: boolean;
}

/** What a stored draw keeps of a candidate: enough to draw again. */
export interface Weighted {
  id: string;
  weight: number;
}

/** Everything a draw needs to be repeated, and what came of it. Stored as it is. */
export interface Draw {
  policy: MatchingPolicy;
  policyVersion: number;
  seed: string;
  candidates: Weighted[];
  picked: string[];
}

/**
 * One run of matching: weighs the candidates by the policy and draws up to `count` of them.
 * The seed names the request and the draw's number, so two draws never share their luck.
 */
export function draw(candidates: Candidate[], policy: MatchingPolicy, seed: string, count: number): Draw {
  const weights = policy === 'top' ? topWeights(candidates, count) : candidates.map(balancedWeight);
  const weighted = candidates.map(({ id }, index) => ({ id, weight: weights[index] ?? 0 }));
  return {
    policy,
    policyVersion: POLICY_VERSION,
    seed,
    candidates: weighted,
    picked: pick(weighted, seed, count),
  };
}

/**
 * The partners that a stored draw picks, in catalog order: weighted drawing without replacement.
 *
 * Draw number i takes a 48-bit number from SHA-256(`seed/i`), modulo the sum of the weights left, and
 * walks the candidates until their weights have passed it. With sums under 2^28 the modulo favours none
 * by more than one part in a million. Candidates of weight 0 are never picked.
 */
export function pick(candidates: Weighted[], seed: string, count: number): string[] {
  const left = candidates.filter(({ weight }) => weight > 0);
  const picked = new Set<string>();
  while (picked.size < count && left.length > 0) {
    const total = left.reduce((sum, { weight }) => sum + weight, 0);
    let mark = random48(`${seed}/${picked.size}`) % total;
    const index = left.findIndex(({ weight }) => {
      mark -= weight;
      return mark < 0;
    });
    for (const { id } of left.splice(index, 1)) picked.add(id);
  }
  return candidates.filter(({ id }) => picked.has(id)).map(({ id }) => id);
}

/** The first `count` in catalog order, and nobody else: drawing then leaves no choice. */
function topWeights(candidates: Candidate[], count: number): number[] {
  return candidates.map((_, index) => (index < count ? 1 : 0));
}

/**
 * `(20 + rank) * 4 if primary language * 10,000 / (1 + live leads)`, at least 1. The 20 gives a partner
 * without any history a fair share beside one at the top (100); each live lead lowers the share:
 * rank 80 and no leads weighs 1,000,000, with one lead 500,000; rank 30 and no leads 500,000.
 */
function balancedWeight({ rank, liveLeads, speaksFirst }: Candidate): number {
  const language = speaksFirst ? 4 : 1;
  return Math.max(1, Math.round(((20 + rank) * language * 10_000) / (1 + liveLeads)));
}

/** A number from 0 to 2^48 - 1 that only the text decides. */
function random48(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6);
}
