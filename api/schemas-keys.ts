import { z } from 'zod';
import { SCOPES } from '../db/api-keys.ts';
import { requestBody } from './schemas.ts';

/** A key's name: a line like a person's name, but shorter. */
const name = requestBody.shape.client.shape.name.max(80).optional();

const scope = z.enum(SCOPES).default('write');

/** How long a key works, as the settings offer it. */
export const TERMS = ['never', '30', '90', '365'] as const;

/** What a partner says of a new key. */
export const newKeyBody = z.strictObject({
  name,
  scope,
  days: z
    .enum(TERMS)
    .default('never')
    .transform((days) => (days === 'never' ? null : Number(days))),
});

/** What an operator says of a new key: any number of days, ten years at most. */
export const anyKeyBody = z.strictObject({
  name,
  scope,
  days: z.coerce.number().int().min(1).max(3_650).optional(),
});
