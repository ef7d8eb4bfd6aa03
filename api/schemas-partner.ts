import { z } from 'zod';
import { LOCALES, SERVICES } from '../domain/catalog.ts';
import { NEEDED_KINDS, type StageEntry } from '../life/edit-board-plan.ts';
import { country, language, requestBody, service } from './schemas.ts';

const MOST_STAGES = 50;
const MOST_LANGUAGES = 50;

// The same lines and texts as in a request: without control characters.
const { name: line } = requestBody.shape.client.shape;
const { description } = requestBody.shape.project.shape;

const id = z.uuid().toLowerCase();
const kind = z.enum(['new', 'in_progress', 'won', 'lost']);

const newStage = z.strictObject({ name: line, kind });

/** The body of `POST /api/v1/pipelines`. */
export const newPipelineBody = z.strictObject({
  name: line,
  stages: z
    .array(newStage)
    .max(MOST_STAGES)
    .superRefine((stages, context) => {
      for (const needed of NEEDED_KINDS.filter((kind) => !stages.some((stage) => stage.kind === kind))) {
        const message = `must hold at least one stage of the kind ${needed}`;
        context.addIssue({ code: 'custom', params: { code: 'missing_stage' }, message });
      }
    })
    .optional(),
});

const stageEntry = z
  .strictObject({ id: id.optional(), name: line.optional(), kind: kind.optional() })
  .transform(({ id, name, kind }, context): StageEntry => {
    if (id !== undefined) return { id, name, kind };
    if (name !== undefined && kind !== undefined) return { name, kind };
    for (const [field, value] of Object.entries({ name, kind })) {
      if (value === undefined) context.addIssue({ code: 'custom', path: [field], message: 'is required' });
    }
    return z.NEVER;
  });

/** The body of `PATCH /api/v1/pipelines/{id}`. */
export const pipelineChange = z.strictObject({
  name: line.optional(),
  position: z.int().min(0).max(1_000_000).optional(),
  stages: z.array(stageEntry).max(MOST_STAGES).optional(),
  targets: z.record(id, id).optional(),
});

/** The query of `DELETE /api/v1/pipelines/{id}`. */
export const pipelineRemoval = z.strictObject({ target: id.optional() });

const languages = z
  .array(z.strictObject({ code: language, primary: z.boolean() }))
  .min(1)
  .max(MOST_LANGUAGES)
  .refine((all) => new Set(all.map(({ code }) => code)).size === all.length, {
    params: { code: 'duplicate_language' },
    error: 'must name each language once',
  })
  .refine((all) => all.filter(({ primary }) => primary).length === 1, {
    params: { code: 'one_primary' },
    error: 'must have exactly one primary language',
  });

/** Like a request's description, but it may be empty. */
const about = z
  .string()
  .trim()
  .max(10_000)
  .refine((text) => text === '' || text.length > 10_000 || description.safeParse(text).success, {
    params: { code: 'invalid_text' },
    error: 'must not hold control characters',
  });

/** The body of `PATCH /api/v1/me`: what a partner may change of itself. */
export const profileChange = z.strictObject({
  title: line.optional(),
  name: line.optional(),
  about: about.optional(),
  services: z
    .array(service)
    .min(1)
    .transform((slugs) => SERVICES.filter((slug) => slugs.includes(slug)))
    .optional(),
  country: country.optional(),
  languages: languages.optional(),
  locale: z.enum(LOCALES).optional(),
  accepting: z.boolean().optional(),
  capacity: z.int().min(0).max(1_000_000).nullable().optional(),
  notifications: z
    .strictObject({
      leadNew: z.boolean().optional(),
      leadNudge: z.boolean().optional(),
      leadClosed: z.boolean().optional(),
    })
    .optional(),
});

export type ProfileChange = z.infer<typeof profileChange>;
