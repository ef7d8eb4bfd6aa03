import { uuidv7 } from 'uuidv7';
import { findEligible } from '../../../db/candidates.ts';
import type { Sql } from '../../../db/connect.ts';
import type { Criteria } from '../../../db/requests.ts';
import type { Locale, PartnerType, Tier } from '../../../domain/catalog.ts';
import { countryName, languageName, serviceName } from '../../../locales/names.ts';
import { translator } from '../../../locales/translator.ts';

/** One thing that a client asks for. */
export type Wish =
  | { field: 'services'; value: string }
  | { field: 'country'; value: string }
  | { field: 'language'; value: string }
  | { field: 'partnerType'; value: PartnerType }
  | { field: 'tier'; value: Tier };

/** All single wishes of some criteria, in the order of the form. */
export function wishesOf({ services, country, language, partnerType, tier }: Criteria): Wish[] {
  return [
    ...services.map((value): Wish => ({ field: 'services', value })),
    ...(country ? [{ field: 'country', value: country } as const] : []),
    ...(language ? [{ field: 'language', value: language } as const] : []),
    ...(partnerType ? [{ field: 'partnerType', value: partnerType } as const] : []),
    ...(tier ? [{ field: 'tier', value: tier } as const] : []),
  ];
}

/** The criteria but for one wish. */
export function without(criteria: Criteria, wish: Wish): Criteria {
  if (wish.field !== 'services') return { ...criteria, [wish.field]: null };
  return { ...criteria, services: criteria.services.filter((service) => service !== wish.value) };
}

/** `CRM setup`, `Brazil`, `Gold Partner` */
export function wishWords(locale: Locale, { field, value }: Wish): string {
  const t = translator(locale);
  switch (field) {
    case 'services':
      return serviceName(locale, value);
    case 'country':
      return countryName(locale, value);
    case 'language':
      return languageName(locale, value);
    case 'partnerType':
      return t(`type.${value}`);
    case 'tier':
      return t(`tier.${value}`);
  }
}

/** A wish that stands between a request and so many partners. */
export interface TightWish {
  wish: Wish;
  /** Who meets all the others. */
  partners: number;
  /** There may be more: a large catalog is not counted to the end. */
  orMore: boolean;
}

/** Which single wish, given up, would find partners: most partners first. One query for all of them. */
export async function tightWishes(sql: Sql, criteria: Criteria): Promise<TightWish[]> {
  const searches = wishesOf(criteria).map((wish) => ({ wish, id: uuidv7() }));
  const found = await findEligible(
    sql,
    searches.map(({ wish, id }) => ({ ...without(criteria, wish), requestId: id, asked: [] })),
  );
  return searches
    .map(({ wish, id }) => ({
      wish,
      partners: found.get(id)?.count ?? 0,
      orMore: found.get(id)?.orMore ?? false,
    }))
    .filter(({ partners }) => partners > 0)
    .sort((a, b) => b.partners - a.partners);
}
