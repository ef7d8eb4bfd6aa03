import { z } from 'zod';
import { profileChange } from '../schemas-partner.ts';
import { languageHeader } from './headers.ts';
import type { Operation } from './operation.ts';
import { Partner, partnerExample } from './partners.ts';
import { locale, named, shape } from './parts.ts';

export const ownFields = {
  email: z.string(),
  locale: locale.meta({ description: 'The language of its mails.' }),
  listed: z.boolean().meta({ description: 'Whether the catalog shows it.' }),
  capacity: z.int().min(0).nullable().meta({ description: 'The most live leads it wants; null: no limit.' }),
  liveLeads: z.int().min(0),
};

export const Profile = shape('Profile', {
  ...Partner.shape,
  ...ownFields,
  notifications: shape(
    'Notifications',
    { leadNew: z.boolean(), leadNudge: z.boolean(), leadClosed: z.boolean() },
    'Which mails it wants.',
  ),
});

export const profileExample: z.infer<typeof Profile> = {
  ...partnerExample,
  email: 'hello@studio-ipe.example.com',
  locale: 'pt-BR',
  listed: true,
  capacity: 8,
  liveLeads: 2,
  notifications: { leadNew: true, leadNudge: true, leadClosed: false },
};

const part = <Code extends string, Figures extends z.core.$ZodLooseShape>(code: Code, figures: Figures) =>
  z.object({
    code: z.literal(code),
    points: z.number(),
    max: z.number(),
    figures: z.object(figures),
    explanation: z.string(),
  });

const Rank = shape('Rank', {
  rank: z.number().min(0).max(100),
  place: z.int().min(1).nullable().meta({ description: 'In the catalog; null for a partner not listed.' }),
  of: z.int().min(0).meta({ description: 'How many partners the catalog lists.' }),
  parts: z.array(
    z.discriminatedUnion('code', [
      part('rating', { reviews: z.int(), average: z.number(), mean: z.number() }),
      part('projects', { completed: z.int() }),
      part('reviews', { reviews: z.int() }),
    ]),
  ),
  advice: z.array(z.string()).meta({ description: 'What would raise it.' }),
});

const rankExample: z.infer<typeof Rank> = {
  rank: 61.2,
  place: 4,
  of: 60,
  parts: [
    {
      code: 'projects',
      points: 14.1,
      max: 25,
      figures: { completed: 5 },
      explanation: '5 completed projects.',
    },
  ],
  advice: ['Your next completed project adds 1.4 points.'],
};

const ofPartner = { tag: 'Own profile', credential: 'partner' } as const;
const profile = { schema: Profile, example: profileExample };

/** What a partner sees and changes of itself. */
export const meOperations: Operation[] = [
  {
    ...ofPartner,
    id: 'getProfile',
    method: 'get',
    path: '/api/v1/me',
    summary: 'Your profile',
    answer: { status: 200, description: 'The profile.', json: profile },
    problems: { 401: ['bad_credential'] },
  },
  {
    ...ofPartner,
    id: 'changeProfile',
    method: 'patch',
    path: '/api/v1/me',
    summary: 'Change your profile',
    description: 'What is absent stays. Type, tier, e-mail and listing are an administrator’s to change.',
    body: {
      schema: named('ProfileChange', profileChange),
      example: { accepting: true, capacity: 8, notifications: { leadClosed: false } },
    },
    answer: { status: 200, description: 'The profile as it is now.', json: profile },
    problems: { 401: ['bad_credential'] },
  },
  {
    ...ofPartner,
    id: 'getRank',
    method: 'get',
    path: '/api/v1/me/rank',
    summary: 'Your rank and what it is made of',
    headers: languageHeader,
    answer: { status: 200, description: 'The rank.', json: { schema: Rank, example: rankExample } },
    problems: { 401: ['bad_credential'] },
  },
];
