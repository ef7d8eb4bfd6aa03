import { z } from 'zod';
import { ACTOR_KINDS } from '../db/audit-list.ts';
import { pageQuery } from './schemas.ts';

/** An optional parameter; empty counts as absent. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** The query of `GET /api/v1/admin/audit`. */
export const adminAuditQuery = z.object({
  actor: optional(z.enum(ACTOR_KINDS)),
  actorId: optional(z.uuid()),
  action: optional(
    z
      .string()
      .max(100)
      .regex(/^[a-z-]+\.[a-z-]+$/, 'must be noun and verb, as partner.change'),
  ),
  subjectId: optional(
    z
      .string()
      .max(200)
      .regex(/^[\w:-]+$/, 'must be an id, or the name of a queue'),
  ),
  ...pageQuery.shape,
});
