import fc from 'fast-check';
import type { NewRequest } from '../../db/requests.ts';
import { PARTNER_TYPES, TIERS } from '../../domain/catalog.ts';
import { CANDIDATES, type Candidate } from '../../domain/matching.ts';
import { newPartner, type TestPartner } from './partners.ts';
import { newRequest } from './requests.ts';

/** Runs of the properties that need the database: 120 in CI; `FC_RUNS=5000` for a long evening. */
export const RUNS = Number(process.env.FC_RUNS ?? 120);

// Few values, so that criteria meet partners often and ranks are often equal.
const SOME_SERVICES = ['crm-setup', 'email-marketing', 'landing-pages'];
const SOME_LANGUAGES = ['pt', 'en', 'es'];
const SOME_COUNTRIES = ['BR', 'PT'];

const rank = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 45, 53.9, 53.900000000000006, 100) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 100, noNaN: true }) },
);

/** A legal candidate list: at most `CANDIDATES`, distinct. Their order is theirs. */
export const candidates: fc.Arbitrary<Candidate[]> = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    rank,
    liveLeads: fc.oneof(fc.nat(5), fc.nat()),
    speaksFirst: fc.boolean(),
  }),
  { selector: ({ id }) => id, maxLength: CANDIDATES, size: 'max' },
);

const partner: fc.Arbitrary<TestPartner> = fc
  .record({
    id: fc.uuid(),
    rank,
    type: fc.constantFrom(...PARTNER_TYPES),
    tier: fc.constantFrom(...TIERS),
    country: fc.constantFrom(...SOME_COUNTRIES),
    languages: fc.subarray(SOME_LANGUAGES, { minLength: 1 }),
    firstLanguage: fc.nat(2),
    services: fc.subarray(SOME_SERVICES, { minLength: 1 }),
    // One in eight is not in the catalog, as many take no projects now.
    listed: mostly(true),
    accepting: mostly(true),
    capacity: fc.oneof(fc.constant(null), fc.nat(3)),
    liveLeads: fc.nat(4),
  })
  .map(({ firstLanguage, ...given }) =>
    newPartner({
      ...given,
      primaryLanguage: given.languages[firstLanguage % given.languages.length] ?? 'en',
    }),
  );

/** A catalog of 0 to 60 partners of all kinds. */
export const catalog: fc.Arbitrary<TestPartner[]> = fc
  .oneof(fc.nat(6), fc.nat(60), fc.integer({ min: 45, max: 60 }))
  .chain((size) =>
    fc.uniqueArray(partner, { selector: ({ id }) => id, minLength: size, maxLength: size, size: 'max' }),
  );

/** Any combination of wishes. */
const wishes = fc.record({
  services: fc.subarray(SOME_SERVICES),
  country: sometimes(SOME_COUNTRIES),
  language: sometimes(SOME_LANGUAGES),
  partnerType: sometimes(PARTNER_TYPES),
  tier: sometimes(TIERS),
});

const noWishes = { services: [], country: null, language: null, partnerType: null, tier: null };

/** An automated request; one in four takes anybody, so that there are more than enough for it. */
const request: fc.Arbitrary<NewRequest> = fc
  .record({
    id: fc.uuid({ version: 7 }),
    criteria: fc.oneof({ weight: 3, arbitrary: wishes }, { weight: 1, arbitrary: fc.constant(noWishes) }),
  })
  .map(newRequest);

export const requests: fc.Arbitrary<NewRequest[]> = fc.uniqueArray(request, {
  selector: ({ id }) => id,
  minLength: 1,
  maxLength: 6,
});

function mostly(value: boolean): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 7 }).map((die) => (die === 7 ? !value : value));
}

/** One of the words, or in three of four cases none. */
function sometimes<Word>(words: readonly Word[]): fc.Arbitrary<Word | null> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...words) },
  );
}
