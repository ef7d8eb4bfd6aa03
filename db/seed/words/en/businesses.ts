import type { ClientWords } from '../words.ts';

export const BUSINESSES: ClientWords['businesses'] = [
  { kind: 'visits', company: '{family} Dental', trade: 'our dental clinic' },
  { kind: 'shop', company: '{family} Bakery', trade: 'our bakery' },
  { kind: 'shop', company: '{family} & Sons', trade: 'our family wholesale business' },
  { kind: 'school', company: '{given} Yoga', trade: 'my yoga studio' },
  { kind: 'office', company: '{family} Homes', trade: 'our real estate agency' },
  { kind: 'office', company: '{family} Legal', trade: 'our law firm' },
  { kind: 'visits', company: 'Villa {family}', trade: 'our small hotel' },
  { kind: 'shop', company: '{given} & Friends', trade: 'our online shop' },
  { kind: 'office', company: '{family} Motors', trade: 'our car dealership' },
  { kind: 'school', company: '{family} Language School', trade: 'our language school' },
  { kind: 'office', company: '{family} Logistics', trade: 'our logistics company' },
  { kind: 'visits', company: 'Studio {given}', trade: 'my beauty salon' },
  { kind: 'visits', company: '{family} Vets', trade: 'our veterinary clinic' },
  { kind: 'office', company: '{family} Travel', trade: 'our travel agency' },
  { kind: 'shop', company: '{family} Interiors', trade: 'our furniture store' },
];
