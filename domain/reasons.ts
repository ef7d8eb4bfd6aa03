import type { PartnerType, Tier } from './catalog.ts';

/** Why a partner was picked, as codes with their figures; words are made where they are read. */
export type Reason =
  | { code: 'services'; services: string[] }
  | { code: 'language-primary' | 'language-other'; language: string }
  | { code: 'country'; country: string }
  | { code: 'type'; type: PartnerType }
  | { code: 'tier'; tier: Tier }
  | { code: 'rating'; rating: number; reviews: number }
  | { code: 'completed'; projects: number }
  | { code: 'newcomer' }
  | { code: 'chosen-by-client' };

/** What a client may ask for. */
export interface Criteria {
  services: string[];
  country?: string | undefined;
  language?: string | undefined;
  partnerType?: PartnerType | undefined;
  tier?: Tier | undefined;
}

/** What of a picked partner the reasons speak of. */
export interface Picked {
  speaksFirst: boolean;
  completedProjects: number;
  reviewCount: number;
  ratingSum: number;
}

/**
 * The reasons that a client and the picked partner are shown: which wishes are met, then what speaks
 * for the partner. Nothing of its load or of other partners.
 */
export function reasonsFor(criteria: Criteria, partner: Picked): Reason[] {
  const reasons: Reason[] = [];
  const { services, language, country, partnerType, tier } = criteria;
  if (services.length > 0) reasons.push({ code: 'services', services });
  if (language) reasons.push({ code: partner.speaksFirst ? 'language-primary' : 'language-other', language });
  if (country) reasons.push({ code: 'country', country });
  if (partnerType) reasons.push({ code: 'type', type: partnerType });
  if (tier) reasons.push({ code: 'tier', tier });
  const { reviewCount, ratingSum, completedProjects } = partner;
  if (reviewCount > 0) {
    reasons.push({
      code: 'rating',
      rating: Math.round((10 * ratingSum) / reviewCount) / 10,
      reviews: reviewCount,
    });
  }
  if (completedProjects > 0) reasons.push({ code: 'completed', projects: completedProjects });
  else reasons.push({ code: 'newcomer' });
  return reasons;
}
