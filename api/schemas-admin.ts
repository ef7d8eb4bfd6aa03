import { z } from 'zod';
import { PARTNER_TYPES, TIERS } from '../domain/catalog.ts';
import { plainAddress } from '../domain/email-address.ts';
import type { RequestStatus } from '../domain/request-life.ts';
import { country, one, partnersQuery, requestBody, searchWords } from './schemas.ts';
import { profileChange } from './schemas-partner.ts';

// The same texts, queries and criteria as in the client's calls.
const { limit, cursor, tier } = partnersQuery.shape;
const { name: line, email } = requestBody.shape.client.shape;
const { description } = requestBody.shape.project.shape;

/** Text that may be empty. */
const anyText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((value) => value === '' || description.safeParse(value.slice(0, 10_000)).success, {
      params: { code: 'invalid_text' },
      error: 'must not hold control characters',
    });
const text = (max: number) => anyText(max).min(1);

/** The body of `POST /api/v1/reviews`: words are welcome, but need not be. */
export const reviewBody = z.strictObject({
  rating: z.int().min(1).max(5),
  comment: z.preprocess((comment) => comment ?? '', anyText(5_000)),
});

/** The body of `POST /api/v1/reviews/{id}/reply`. */
export const replyBody = z.strictObject({ text: text(5_000) });

/** The body of the calls about a person's data: an address never stands in a URL. */
export const personBody = z.strictObject({ email });

/** The body of `POST /api/v1/admin/reviews/{id}/hide`. */
export const hideBody = z.strictObject({ reason: text(1_000) });

/** Where a request may stand, in the order of its life. */
export const STATUSES = [
  'received',
  'unmatched',
  'routed',
  'answered',
  'invited',
  'chosen',
  'completed',
  'cancelled',
] as const satisfies readonly RequestStatus[];

/** An optional parameter; empty counts as absent. */
const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.preprocess((value) => (value === '' ? undefined : value), z.enum(values).optional());

// Also a whole e-mail address.
const q = one(searchWords(254).overwrite(plainAddress));

export const adminPartnersQuery = z.object({ q, tier, listed: choice(['true', 'false']), limit, cursor });
export const adminRequestsQuery = z.object({ q, status: choice(STATUSES), limit, cursor });

export const adminReviewsQuery = z.object({ hidden: choice(['true', 'false']), limit, cursor });

const slug = line.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be made of a-z, 0-9 and single hyphens').refine(
  // Partners are found by id or slug: one must not look like the other.
  (value) => !z.uuid().safeParse(value).success,
  { params: { code: 'looks_like_id' }, error: 'must not look like an id' },
);

// What a partner may change of itself, and what only an administrator may.
const { notifications: _, ...own } = profileChange.shape;
const changeable = {
  ...own,
  type: z.enum(PARTNER_TYPES).optional(),
  tier: z.enum(TIERS).optional(),
  email: email.optional(),
  listed: z.boolean().optional(),
};

/** The body of `PATCH /api/v1/admin/partners/{id}`. The slug stays: links and mails have it. */
export const partnerPatch = z.strictObject(changeable);

/** The body of `POST /api/v1/admin/partners`. */
export const partnerBody = z.strictObject({
  slug: slug.max(100).optional(),
  title: line,
  name: line,
  about: changeable.about.unwrap().default(''),
  type: changeable.type.unwrap(),
  tier: changeable.tier.unwrap().default('registered'),
  country,
  languages: changeable.languages.unwrap(),
  services: changeable.services.unwrap(),
  email,
  locale: changeable.locale.unwrap().default('en'),
  listed: z.boolean().default(true),
  accepting: z.boolean().default(true),
  capacity: changeable.capacity.unwrap().default(null),
});

export type PartnerPatch = z.infer<typeof partnerPatch>;

/** The body of `POST /api/v1/admin/match-preview`. Without criteria, everybody who accepts is eligible. */
export const previewBody = z.strictObject({
  criteria: requestBody.shape.criteria,
  policy: z.enum(['top', 'balanced']).optional(),
});
