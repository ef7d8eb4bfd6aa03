import { z } from 'zod';
import { LOCALES, PARTNER_TYPES, SERVICES, TIERS } from '../domain/catalog.ts';
import { isCountry, isCurrency, isLanguage } from '../domain/countries.ts';
import { PARTNER_REASONS } from '../domain/deal-life.ts';
import { plainAddress } from '../domain/email-address.ts';
import { email } from './schemas-email.ts';

/** A string that must pass a test; its error code names what is wrong. */
const checked = (test: (text: string) => boolean, code: string, message: string) =>
  z.string().refine(test, { params: { code }, error: message });

// Control characters have no business in a text, and half a surrogate pair is no character at all.
const isText = (value: string) => value.isWellFormed() && !/\p{Cc}/u.test(value.replace(/[\n\r\t]/g, ''));
// A name of blanks that have no width could not be seen or pressed.
const isVisible = (value: string) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(value) || value.trim() === '';
const isLine = (value: string) => isText(value) && isVisible(value) && !/[\n\r\t\u2028\u2029]/.test(value);

const line = (max: number) =>
  checked(isLine, 'invalid_text', 'must be one line without control characters').trim().min(1).max(max);
const text = (max: number) =>
  checked(isText, 'invalid_text', 'must not hold control characters').trim().min(1).max(max);

export const service = checked(
  (slug) => (SERVICES as readonly string[]).includes(slug),
  'unknown_service',
  `must be one of ${SERVICES.join(', ')}`,
);
export const country = checked(isCountry, 'unknown_country', 'must be an ISO 3166-1 alpha-2 code such as BR');
export const language = checked(isLanguage, 'unknown_language', 'must be a bare language subtag such as pt');
const currency = checked(isCurrency, 'unknown_currency', 'must be an ISO 4217 code such as BRL');

/** A field that may be left out; `null` says the same. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => value ?? undefined, schema.optional());

const criteria = z.strictObject({
  services: z.array(service).max(SERVICES.length).default([]),
  country: optional(country),
  language: optional(language),
  partnerType: optional(z.enum(PARTNER_TYPES)),
  tier: optional(z.enum(TIERS)),
});

const client = z.strictObject({
  name: line(200),
  email,
  phone: optional(line(50)),
  company: optional(line(200)),
  locale: optional(z.enum(LOCALES)),
});

const budget = z.strictObject({
  amount: z.string().regex(/^\d{1,12}(\.\d{1,2})?$/, 'must be a decimal number such as "1500.00"'),
  currency,
});

const project = z.strictObject({
  title: line(200),
  description: text(10_000),
  budget: optional(budget),
  // Postgres knows no year 0
  deadline: optional(
    z.iso.date().refine((day) => day >= '0001', {
      params: { code: 'invalid_format' },
      error: 'must be a day such as 2027-01-31',
    }),
  ),
});

/** The body of `POST /api/v1/requests`. */
export const requestBody = z
  .strictObject({
    client,
    project,
    criteria: optional(criteria),
    partnerId: optional(z.uuid()),
    consent: z.literal(true, 'must be true: the partners get the details of project and contact'),
  })
  .refine((body) => body.criteria !== undefined || body.partnerId !== undefined, {
    path: ['criteria'],
    params: { code: 'required' },
    error: 'is required in an automated request (its fields are optional)',
  });

/** The body of `choice` and `forward`. */
export const partnerBody = z.strictObject({ partnerId: z.uuid().toLowerCase() });

/** The body of `PATCH .../criteria`: what is given replaces what was asked; `null` asks for anything. */
export const criteriaPatch = z
  .strictObject({
    services: z.array(service).max(SERVICES.length),
    country: country.nullable(),
    language: language.nullable(),
    partnerType: z.enum(PARTNER_TYPES).nullable(),
    tier: z.enum(TIERS).nullable(),
  })
  .partial();

/** The body of `PATCH /api/v1/deals/{id}`. */
export const dealPatch = z
  .strictObject({
    stage: z.enum(['in_progress', 'won', 'lost']).optional(),
    stageId: z.uuid().optional(),
    lostReason: z.enum(PARTNER_REASONS).optional(),
  })
  .refine((body) => (body.stage === undefined) !== (body.stageId === undefined), {
    path: ['stage'],
    params: { code: 'stage_or_stage_id' },
    error: 'give either stage or stageId',
  });

/** The body of `POST /api/v1/deals/{id}/notes`. */
export const noteBody = z.strictObject({ text: text(5_000) });

export type RequestBody = z.infer<typeof requestBody>;

/** A parameter that may be absent or empty. */
export const one = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** `limit` from 1; more than 200 is clamped. */
const page = {
  limit: one(z.string().regex(/^0*[1-9]\d*$/, 'must be a whole number from 1')).transform((limit = '20') =>
    Math.min(Number(limit), 200),
  ),
  cursor: z.string().max(500).optional(),
};

/** The query of a list without filters. */
export const pageQuery = z.object(page);

/** Words to search for. */
export const searchWords = (max: number) =>
  checked(isText, 'invalid_text', 'must not hold control characters').trim().max(max);

/** The query of `GET /api/v1/partners`; empty parameters count as absent. */
export const partnersQuery = z.object({
  services: one(
    z
      .string()
      .transform((list) => list.split(',').filter(Boolean))
      .pipe(z.array(service)),
  ),
  country: one(country),
  language: one(language),
  type: one(z.enum(PARTNER_TYPES)),
  tier: one(z.enum(TIERS)),
  q: one(searchWords(100)),
  ...page,
});

/** The query of `GET /api/v1/deals`. */
export const dealsQuery = z.object({
  stage: one(z.enum(['new', 'in_progress', 'won', 'lost'])),
  pipelineId: one(z.uuid()),
  ...page,
});

/** The query of `GET /dev/mail.json`. */
export const devMailQuery = z.object({
  to: one(
    checked(isText, 'invalid_text', 'must not hold control characters').max(320).overwrite(plainAddress),
  ),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});
