import type { Locale, PartnerType, Service, Tier } from '../../domain/catalog.ts';

/** The columns of `partners` that the seed sets by itself; the counted ones follow from the history. */
export interface SeedPartner {
  id: string;
  slug: string;
  title: string;
  name: string;
  about: string;
  type: PartnerType;
  tier: Tier;
  country: string;
  primaryLanguage: string;
  /** The primary one first. */
  languages: string[];
  /** The main one first. */
  services: Service[];
  email: string;
  locale: Locale;
  accepting: boolean;
  capacity: number | null;
  searchText: string;
}
