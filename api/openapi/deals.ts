import { z } from 'zod';
import { PARTNER_REASONS, SYSTEM_REASONS } from '../../domain/deal-life.ts';
import { dealPatch, dealsQuery, noteBody } from '../schemas.ts';
import { moveHeaders } from './headers.ts';
import type { Operation } from './operation.ts';
import * as parts from './parts.ts';

const { shape, EXAMPLE_IDS, moment, uuid } = parts;

export const lostReason = z.enum([...PARTNER_REASONS, ...SYSTEM_REASONS]);
export const Budget = shape('Budget', { amount: z.string(), currency: z.string() });
export const Project = shape('Project', {
  title: z.string(),
  description: z.string(),
  budget: parts.orNull(Budget),
  deadline: z.iso.date().nullable(),
});
export const Client = shape('Client', {
  name: z.string(),
  email: z.string(),
  emailVerified: z.boolean().meta({
    description: 'Whether the client has acted with a link that was mailed to this address.',
  }),
  phone: z.string().nullable(),
  company: z.string().nullable(),
  locale: parts.locale,
});
export const PipelineName = shape('PipelineName', { id: uuid, name: z.string() });

const Deal = shape('Deal', {
  id: uuid,
  requestId: uuid,
  version: z.int().min(1).meta({ description: 'One more with every move; see `If-Match`.' }),
  stage: shape('DealStage', { id: uuid, name: z.string(), kind: parts.kind }),
  pipeline: PipelineName,
  project: Project,
  client: Client,
  criteria: shape('DealCriteria', {
    services: z.array(parts.serviceSlug),
    country: parts.countryCode.nullable(),
    language: parts.languageCode.nullable(),
  }),
  lostReason: lostReason.nullable(),
  answeredAt: moment.nullable(),
  createdAt: moment,
});

export const actor = z.enum(['client', 'partner', 'system']);
export const dealEvent = z.enum(['opened', 'moved', 'reopened', 'chosen', 'closed', 'note', 'reviewed']);
export const eventData = z
  .record(z.string(), z.union([z.string(), z.number(), z.null()]))
  .meta({ description: 'From where to where, or why, or what was noted.' });

const DealStory = shape('DealWithTimeline', {
  ...Deal.shape,
  timeline: z
    .array(shape('TimelineEntry', { id: uuid, actor, event: dealEvent, data: eventData, at: moment }))
    .meta({ description: 'Everything that happened to it, oldest first.' }),
});

const dealExample: z.infer<typeof Deal> = {
  id: EXAMPLE_IDS.deal,
  requestId: EXAMPLE_IDS.request,
  version: 2,
  stage: { id: EXAMPLE_IDS.stage, name: 'In progress', kind: 'in_progress' },
  pipeline: { id: EXAMPLE_IDS.pipeline, name: 'SendPulse Leads' },
  project: {
    title: 'CRM setup',
    description: 'Two pipelines and a form.',
    budget: { amount: '1500.00', currency: 'BRL' },
    deadline: '2027-01-31',
  },
  client: {
    name: 'Ana Souza',
    email: 'ana@example.com',
    emailVerified: true,
    phone: '+55 11 5555 0100',
    company: 'Padaria Ana',
    locale: 'pt-BR',
  },
  criteria: { services: ['crm-setup'], country: 'BR', language: 'pt' },
  lostReason: null,
  answeredAt: '2027-01-04T13:40:00.000Z',
  createdAt: '2027-01-04T10:15:01.000Z',
};

const storyExample: z.infer<typeof DealStory> = {
  ...dealExample,
  timeline: [
    {
      id: EXAMPLE_IDS.event,
      actor: 'partner',
      event: 'note',
      data: { text: 'Called Ana, she wants a form too.' },
      at: '2027-01-04T13:41:00.000Z',
    },
  ],
};

const story = { schema: DealStory, example: storyExample };
const ofPartner = { tag: 'Deals', credential: 'partner' } as const;

/** A partner's own deals. */
export const dealOperations: Operation[] = [
  {
    ...ofPartner,
    id: 'listDeals',
    method: 'get',
    path: '/api/v1/deals',
    summary: 'Your deals, newest first',
    query: dealsQuery,
    answer: {
      status: 200,
      description: 'A page of deals.',
      json: {
        schema: parts.pageOf('DealsPage', Deal),
        example: { data: [dealExample], page: { nextCursor: null } },
      },
    },
    problems: { 401: ['bad_credential'] },
  },
  {
    ...ofPartner,
    id: 'getDeal',
    method: 'get',
    path: '/api/v1/deals/{id}',
    summary: 'One deal with its timeline',
    params: parts.byId,
    answer: { status: 200, description: 'The deal.', headers: ['ETag'], json: story },
    problems: { 401: ['bad_credential'], 404: ['not_found'] },
  },
  {
    ...ofPartner,
    id: 'moveDeal',
    method: 'patch',
    path: '/api/v1/deals/{id}',
    summary: 'Move a deal to another stage',
    description:
      'With `stage`: to the pipeline’s first stage of that kind. With `stageId`: to that stage, on any board of yours.',
    params: parts.byId,
    headers: moveHeaders,
    body: { schema: parts.named('DealMove', dealPatch), example: { stage: 'lost', lostReason: 'no_time' } },
    answer: { status: 200, description: 'The deal where it is now.', headers: ['ETag'], json: story },
    problems: {
      400: ['bad_if_match'],
      401: ['bad_credential'],
      404: ['not_found'],
      409: [
        'not_possible',
        'already_completed',
        'client_chose_another',
        'client_cancelled',
        'place_refilled',
      ],
      412: ['stale'],
      422: ['unknown_stage'],
    },
  },
  {
    ...ofPartner,
    id: 'addDealNote',
    method: 'post',
    path: '/api/v1/deals/{id}/notes',
    summary: 'Note something on a deal',
    params: parts.byId,
    body: {
      schema: parts.named('NewNote', noteBody),
      example: { text: 'Called Ana, she wants a form too.' },
    },
    answer: { status: 201, description: 'The deal with the note in its timeline.', json: story },
    problems: { 401: ['bad_credential'], 404: ['not_found'] },
  },
];
