import { expect, test } from 'vitest';
import { type Criteria, type Picked, reasonsFor } from '../../domain/reasons.ts';

const NO_WISHES: Criteria = { services: [] };
const NEWCOMER: Picked = { speaksFirst: false, completedProjects: 0, reviewCount: 0, ratingSum: 0 };

test('a newcomer picked without wishes is a newcomer, and that is all', () => {
  expect(reasonsFor(NO_WISHES, NEWCOMER)).toEqual([{ code: 'newcomer' }]);
});

test('every wish is named with its value, in order, before what speaks for the partner', () => {
  const criteria: Criteria = {
    services: ['crm-setup', 'email-marketing'],
    country: 'BR',
    language: 'pt',
    partnerType: 'agency',
    tier: 'gold',
  };
  const partner = { speaksFirst: true, completedProjects: 20, reviewCount: 12, ratingSum: 57 };
  expect(reasonsFor(criteria, partner)).toEqual([
    { code: 'services', services: ['crm-setup', 'email-marketing'] },
    { code: 'language-primary', language: 'pt' },
    { code: 'country', country: 'BR' },
    { code: 'type', type: 'agency' },
    { code: 'tier', tier: 'gold' },
    { code: 'rating', rating: 4.8, reviews: 12 },
    { code: 'completed', projects: 20 },
  ]);
});

test.each([
  { speaksFirst: true, code: 'language-primary' },
  { speaksFirst: false, code: 'language-other' },
])('a language spoken (first: $speaksFirst) is $code', ({ speaksFirst, code }) => {
  const reasons = reasonsFor({ services: [], language: 'en' }, { ...NEWCOMER, speaksFirst });
  expect(reasons).toContainEqual({ code, language: 'en' });
});

test('a primary language that nobody asked for is no reason', () => {
  expect(reasonsFor(NO_WISHES, { ...NEWCOMER, speaksFirst: true })).toEqual([{ code: 'newcomer' }]);
});

test.each([
  { ratingSum: 5, reviewCount: 1, rating: 5 },
  { ratingSum: 9, reviewCount: 2, rating: 4.5 },
  { ratingSum: 13, reviewCount: 3, rating: 4.3 },
  { ratingSum: 14, reviewCount: 3, rating: 4.7 },
  { ratingSum: 57, reviewCount: 12, rating: 4.8 },
  { ratingSum: 7, reviewCount: 7, rating: 1 },
])('$ratingSum of $reviewCount reviews is a rating of $rating', ({ ratingSum, reviewCount, rating }) => {
  const reasons = reasonsFor(NO_WISHES, { ...NEWCOMER, completedProjects: 9, reviewCount, ratingSum });
  expect(reasons).toEqual([
    { code: 'rating', rating, reviews: reviewCount },
    { code: 'completed', projects: 9 },
  ]);
});

test('one with projects and no review shows its projects, and is no newcomer', () => {
  expect(reasonsFor(NO_WISHES, { ...NEWCOMER, completedProjects: 1 })).toEqual([
    { code: 'completed', projects: 1 },
  ]);
});
