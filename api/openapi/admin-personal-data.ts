import { z } from 'zod';
import { personBody } from '../schemas-admin.ts';
import { storyExample } from './admin-request-example.ts';
import { consentVersion, disclosed, StoryCriteria } from './admin-requests.ts';
import { Client, lostReason, Project } from './deals.ts';
import { Profile } from './me.ts';
import type { Operation } from './operation.ts';
import { kind, locale, moment, named, orNull, shape, uuid } from './parts.ts';
import { mode, requestStatus } from './requests.ts';

const count = z.int().min(0);
const mail = { template: z.string(), status: z.string(), sentAt: moment.nullable(), createdAt: moment };

const HeldRequest = shape('HeldRequest', {
  id: uuid,
  mode,
  status: requestStatus,
  client: Client,
  project: Project,
  criteria: StoryCriteria,
  consent: z.object({ at: moment, version: consentVersion.nullable() }),
  createdAt: moment,
  partners: z.array(
    shape('AskedPartner', {
      partner: z.object({ slug: z.string(), name: z.string() }),
      status: z.enum(['sent', 'answered', 'refused', 'chosen', 'lost', 'won']),
      askedAt: moment,
      answeredAt: moment.nullable(),
      disclosure: z
        .object({ what: disclosed, consentVersion: consentVersion.nullable(), at: moment })
        .nullable()
        .meta({ description: 'null: no deal was opened, so the partner saw nothing.' }),
      deal: z
        .object({ stage: kind, lostReason: lostReason.nullable(), notes: z.array(z.string()) })
        .nullable(),
      review: z
        .object({
          rating: z.int(),
          comment: z.string(),
          author: z.string(),
          reply: z.string().nullable(),
          at: moment,
        })
        .nullable(),
    }),
  ),
  mails: z.array(z.object({ to: z.enum(['client', 'partner']), ...mail })),
});

const Session = shape('HeldSession', {
  id: uuid,
  browser: z.string().nullable(),
  system: z.string().nullable(),
  createdAt: moment,
  lastUsedAt: moment,
});

const HeldPartner = shape('HeldPartner', {
  profile: Profile,
  deals: z.array(
    z.object({
      id: uuid,
      stage: z.string(),
      kind,
      lostReason: lostReason.nullable(),
      notes: z.array(z.string()),
      answeredAt: moment.nullable(),
      createdAt: moment,
    }),
  ),
  reviews: z.array(
    z.object({
      rating: z.int(),
      comment: z.string(),
      reply: z.string().nullable(),
      hiddenReason: z.string().nullable(),
      createdAt: moment,
    }),
  ),
  pipelines: z.array(z.object({ name: z.string(), stages: z.array(z.string()) })),
  sessions: z.array(Session),
  apiKeys: z.array(
    z.object({
      id: uuid,
      prefix: z.string(),
      name: z.string().nullable(),
      scope: z.enum(['read', 'write']),
      works: z.boolean(),
      createdAt: moment,
      lastUsedAt: moment.nullable(),
      expiresAt: moment.nullable(),
      replacedAt: moment.nullable(),
      revokedAt: moment.nullable(),
    }),
  ),
  mails: z.array(z.object(mail)),
});

const Export = shape('PersonalData', {
  email: z.string(),
  exportedAt: moment,
  requests: z.array(HeldRequest),
  partners: z.array(HeldPartner),
  administrator: orNull(
    shape('HeldAdministrator', {
      name: z.string(),
      email: z.string(),
      locale,
      createdAt: moment,
      sessions: z.array(Session),
    }),
  ),
  capturedMails: z.array(
    z.object({ template: z.string(), subject: z.string(), text: z.string(), createdAt: moment }),
  ),
});

const Erased = shape('ErasedData', {
  requests: count,
  cancelled: count.meta({ description: 'Those of the requests that still ran.' }),
  reviews: count,
  partners: count,
  closedDeals: count.meta({ description: 'Open deals that a partner left behind.' }),
  administrators: count,
});

const { id, mode: how, status, client, project, criteria, consentVersion: version, createdAt } = storyExample;
const exportExample = {
  email: client.email,
  exportedAt: '2027-03-01T09:00:00.000Z',
  requests: [
    {
      ...{ id, mode: how, status, client, project, criteria },
      consent: { at: createdAt, version },
      createdAt,
      partners: [],
      mails: [],
    },
  ],
  partners: [],
  administrator: null,
  capturedMails: [],
};

const ofAdmin = { tag: 'Administration', credential: 'admin', method: 'post' } as const;
const body = { schema: named('Person', personBody), example: { email: 'ana@example.com' } };

/** A person's right to know, and to be forgotten. */
export const personalDataOperations: Operation[] = [
  {
    ...ofAdmin,
    id: 'exportPersonalData',
    path: '/api/v1/admin/personal-data/export',
    summary: 'Everything that is held under an e-mail address',
    description: 'As client, partner and administrator. Case does not count.',
    body,
    answer: { status: 200, description: 'All of it.', json: { schema: Export, example: exportExample } },
    problems: { 401: ['bad_credential'] },
  },
  {
    ...ofAdmin,
    id: 'erasePersonalData',
    path: '/api/v1/admin/personal-data/erase',
    summary: 'Erase everything that is held under an e-mail address',
    description:
      'Running requests are cancelled, listings taken down, their open deals closed. Broken off, it is ended by asking again.',
    body,
    answer: {
      status: 200,
      description: 'What was erased by this call.',
      json: {
        schema: Erased,
        example: { requests: 2, cancelled: 1, reviews: 1, partners: 0, closedDeals: 0, administrators: 0 },
      },
    },
    problems: { 401: ['bad_credential'] },
  },
];
