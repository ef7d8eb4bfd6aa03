import { z } from 'zod';
import { LOCALES, PARTNER_TYPES, TIERS } from '../../domain/catalog.ts';

/**
 * An object that an answer holds. It is open: clients made from the document live on when a field is added.
 * That all fields are documented is for a test to see, which holds answers against what this leaves of them.
 */
export function shape<Fields extends z.core.$ZodLooseShape>(
  id: string,
  fields: Fields,
  description?: string,
) {
  return z.object(fields).meta({ id, ...(description && { description }) });
}

/** A body under the name that the document gives it. */
export function named<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  return schema.meta({ id });
}

/** A named object or null. `.nullable()` would lose the null: the generator refers to the name alone. */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.null()]);
}

/** A page of a list. */
export function pageOf<Row extends z.ZodType>(id: string, row: Row) {
  return shape(id, { data: z.array(row), page });
}

export const page = shape('Page', {
  nextCursor: z
    .string()
    .nullable()
    .meta({ description: 'The `cursor` of the next page; null on the last one.' }),
});

export const uuid = z.uuid();
export const moment = z.iso.datetime().meta({ description: 'In UTC.' });
export const orMore = z
  .boolean()
  .meta({ description: 'There may be more: a large catalog is not counted to the end.' });
export const countryCode = z.string().length(2).meta({ description: 'ISO 3166-1 alpha-2.' });
export const languageCode = z.string().meta({ description: 'A bare BCP 47 language subtag.' });
export const serviceSlug = z.string().meta({ description: 'A service’s slug.' });
export const partnerType = z.enum(PARTNER_TYPES);
export const tier = z.enum(TIERS);
export const locale = z.enum(LOCALES);
export const kind = z
  .enum(['new', 'in_progress', 'won', 'lost'])
  .meta({ description: 'The kind of a stage.' });

/** The path of one thing. An id that is none at all is 404, like one of nobody. */
export const byId = z.object({ id: z.uuid() });

export const byIdOrSlug = z.object({
  id: z.string().meta({ description: 'The partner’s id or slug.', example: 'studio-ipe' }),
});

export const EXAMPLE_IDS = {
  request: '0198c7a4-5b2e-7c31-9d7a-3f1e2b4c5d6e',
  partner: '0198c7a0-1f00-7a10-8b20-6c5d4e3f2a1b',
  deal: '0198c7a4-6d00-7b42-a1c3-0e9f8d7c6b5a',
  pipeline: '0198c7a0-2b00-7c53-b2d4-1a2b3c4d5e6f',
  stage: '0198c7a0-2b01-7d64-83e5-2b3c4d5e6f70',
  event: '0198c7a5-0a00-7e75-94f6-3c4d5e6f7081',
  review: '0198d0b1-3c00-7f86-a507-4d5e6f708192',
  job: '0198d0b1-4d00-7097-b618-5e6f708192a3',
};
