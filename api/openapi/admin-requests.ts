import { z } from 'zod';
import { adminRequestsQuery } from '../schemas-admin.ts';
import { storyExample } from './admin-request-example.ts';
import { actor, Client, dealEvent, lostReason, PipelineName, Project } from './deals.ts';
import type { Operation } from './operation.ts';
import * as parts from './parts.ts';
import { mode, requestStatus } from './requests.ts';

const { shape, moment, uuid } = parts;
const count = z.int().min(0);

export const consentVersion = z
  .string()
  .meta({ description: 'Of the words that the client agreed to; null: not recorded.' });

const Listed = shape('ListedRequest', {
  id: uuid,
  mode,
  status: requestStatus,
  title: z.string(),
  client: shape('ListedClient', { name: z.string(), email: z.string() }),
  matches: count,
  answerDueAt: moment.nullable(),
  createdAt: moment,
});

/** A partner as records name it: of one that is gone, the id alone. */
const NamedPartner = shape('NamedPartner', {
  id: uuid,
  slug: z.string().nullable(),
  name: z.string().nullable(),
});

const Draw = shape('Draw', {
  no: z.int().min(1),
  policy: z.string(),
  policyVersion: z.int(),
  seed: z.string(),
  eligible: count,
  eligibleOrMore: parts.orMore,
  candidates: z.array(z.object({ partner: NamedPartner, weight: count })),
  picked: z.array(NamedPartner),
  createdAt: moment,
  replays: z.boolean().nullable().meta({
    description: 'Whether the record alone gives the same partners; null: of another policy version.',
  }),
});

const StoryDeal = shape('StoryDeal', {
  id: uuid,
  kind: parts.kind,
  stage: PipelineName,
  pipeline: PipelineName,
  version: z.int(),
  lostReason: lostReason.nullable(),
  answeredAt: moment.nullable(),
  movedAt: moment,
  review: z.object({ id: uuid, rating: z.int(), hidden: z.boolean() }).nullable(),
  createdAt: moment,
  events: z.array(z.object({ actor, event: dealEvent, data: z.record(z.string(), z.unknown()), at: moment })),
});

const StoryMatch = shape('StoryMatch', {
  id: uuid,
  partner: NamedPartner,
  drawNo: z.int().nullable().meta({ description: 'null: the client chose the partner.' }),
  reasons: z.array(z.looseObject({ code: z.string() })),
  droppedAt: moment.nullable(),
  refilledAt: moment.nullable(),
  createdAt: moment,
  deal: parts.orNull(StoryDeal),
});

export const disclosed = z
  .array(z.enum(['name', 'email', 'phone', 'company', 'project']))
  .meta({ description: 'What the partner got to see.' });

const Disclosure = shape('Disclosure', {
  matchId: uuid,
  partner: NamedPartner,
  what: disclosed,
  consentVersion: consentVersion.nullable(),
  at: moment,
});

const StoryMail = shape('StoryMail', {
  id: uuid,
  to: z.union([z.literal('client'), NamedPartner]),
  template: z.string(),
  purpose: z.string(),
  windowNo: count,
  status: z.string(),
  attempts: count,
  uncertain: z.boolean().meta({ description: 'It may have been sent twice: a process died while sending.' }),
  error: z.string().nullable(),
  sentAt: moment.nullable(),
  createdAt: moment,
});

const StoryJob = shape('StoryJob', {
  id: uuid,
  job: z.string(),
  runAt: moment,
  attempts: count,
  failedAt: moment.nullable(),
  error: z.string().nullable(),
});

export const StoryCriteria = shape('StoryCriteria', {
  services: z.array(parts.serviceSlug),
  country: parts.countryCode.nullable(),
  language: parts.languageCode.nullable(),
  partnerType: parts.partnerType.nullable(),
  tier: parts.tier.nullable(),
});

/** A request with all that happened and all that is still to happen. */
export const Story = shape('RequestStory', {
  id: uuid,
  mode,
  status: requestStatus,
  client: Client,
  project: Project,
  criteria: StoryCriteria,
  partnerId: uuid.nullable(),
  answerWindow: shape('AnswerWindow', { no: count, dueAt: moment.nullable() }),
  replacements: count,
  chosenMatchId: uuid.nullable(),
  consentedAt: moment,
  consentVersion: consentVersion.nullable(),
  erasedAt: moment.nullable().meta({ description: 'Since then nothing in it says who the client was.' }),
  createdAt: moment,
  draws: z.array(Draw),
  matches: z.array(StoryMatch),
  disclosures: z
    .array(Disclosure)
    .meta({ description: 'Which partners got the client’s details, and when.' }),
  mails: z.array(StoryMail),
  jobs: z.array(StoryJob).meta({ description: 'Jobs about it that wait or failed.' }),
});

const ofAdmin = { tag: 'Administration', credential: 'admin' } as const;

/** What clients asked for. */
export const adminRequestOperations: Operation[] = [
  {
    ...ofAdmin,
    id: 'listRequests',
    method: 'get',
    path: '/api/v1/admin/requests',
    summary: 'All requests, newest first',
    description: '`q` is the client’s whole e-mail address, or part of the title.',
    query: adminRequestsQuery,
    answer: {
      status: 200,
      description: 'A page of requests.',
      json: {
        schema: parts.pageOf('RequestsPage', Listed),
        example: {
          data: [
            {
              id: parts.EXAMPLE_IDS.request,
              mode: 'automated',
              status: 'routed',
              title: 'CRM setup',
              client: { name: 'Ana Souza', email: 'ana@example.com' },
              matches: 3,
              answerDueAt: '2027-01-07T10:15:00.000Z',
              createdAt: '2027-01-04T10:15:00.000Z',
            },
          ],
          page: { nextCursor: null },
        },
      },
    },
    problems: { 401: ['bad_credential'] },
  },
  {
    ...ofAdmin,
    id: 'getRequestStory',
    method: 'get',
    path: '/api/v1/admin/requests/{id}',
    summary: 'Everything about one request: draws, matches, deals, mails, jobs',
    params: parts.byId,
    answer: { status: 200, description: 'The story.', json: { schema: Story, example: storyExample } },
    problems: { 401: ['bad_credential'], 404: ['not_found'] },
  },
];
