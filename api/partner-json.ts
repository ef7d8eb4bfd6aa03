import type { PartnerView } from '../db/partners.ts';

/** A partner as the API shows it to anybody: nothing of its address, load or place. */
export function partnerJson({
  id,
  slug,
  title,
  name,
  about,
  type,
  tier,
  country,
  languages,
  services,
  ...rest
}: PartnerView) {
  const { accepting, rating, reviewCount, completedProjects, answerSeconds } = rest;
  const offer = { languages, services, accepting };
  return {
    id,
    slug,
    title,
    name,
    about,
    type,
    tier,
    country,
    ...offer,
    rating,
    reviewCount,
    completedProjects,
    answerSeconds,
  };
}
