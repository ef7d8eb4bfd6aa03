import { z } from 'zod';
import { pageQuery } from '../schemas.ts';
import { adminReviewsQuery, hideBody, previewBody } from '../schemas-admin.ts';
import type { Operation } from './operation.ts';
import { byId, EXAMPLE_IDS, moment, named, orMore, pageOf, shape, uuid } from './parts.ts';
import { repliedFields, reviewExample } from './reviews.ts';

const ModeratedReview = shape('ModeratedReview', {
  ...repliedFields,
  dealId: uuid,
  partnerId: uuid,
  hiddenAt: moment.nullable(),
  hiddenReason: z.string().nullable(),
});

const { verified: _, ...shown } = reviewExample;
const moderatedExample = {
  ...shown,
  dealId: EXAMPLE_IDS.deal,
  partnerId: EXAMPLE_IDS.partner,
  hiddenAt: '2027-02-12T08:00:00.000Z',
  hiddenReason: 'Names a private person.',
};

const FailedJob = shape('FailedJob', {
  id: uuid,
  job: z.string(),
  payload: z.record(z.string(), z.unknown()).meta({ description: 'Ids only.' }),
  error: z.string().nullable(),
  attempts: z.int().min(0),
  failedAt: moment,
});

const failedExample: z.infer<typeof FailedJob> = {
  id: EXAMPLE_IDS.job,
  job: 'send-email',
  payload: { emailId: EXAMPLE_IDS.event },
  error: '550 no such mailbox',
  attempts: 8,
  failedAt: '2027-01-04T10:20:00.000Z',
};

const RetriedJob = shape('RetriedJob', { id: uuid, job: z.string() });

const PreviewPartner = shape('PreviewPartner', { id: uuid, slug: z.string(), name: z.string() });
const Preview = shape('MatchPreview', {
  policy: z.enum(['top', 'balanced']),
  policyVersion: z.int(),
  seed: z.string(),
  eligible: z.int().min(0),
  eligibleOrMore: orMore,
  candidates: z.array(
    z.object({
      partner: PreviewPartner,
      weight: z.int().min(0),
      rank: z.number(),
      liveLeads: z.int().min(0),
    }),
  ),
  picked: z.array(PreviewPartner),
});

const partner = { id: EXAMPLE_IDS.partner, slug: 'studio-ipe', name: 'Studio Ipê' };
const ofAdmin = { tag: 'Administration', credential: 'admin' } as const;
const review = { schema: ModeratedReview, example: moderatedExample };

/** Reviews, jobs and matching, as administrators see them. */
export const adminOperations: Operation[] = [
  {
    ...ofAdmin,
    id: 'listAllReviews',
    method: 'get',
    path: '/api/v1/admin/reviews',
    summary: 'All partners’ reviews, newest first',
    description: 'Hidden ones too, with the reason; `hidden` picks those that are hidden, or are not.',
    query: adminReviewsQuery,
    answer: {
      status: 200,
      description: 'A page of reviews.',
      json: {
        schema: pageOf('ModeratedReviewsPage', ModeratedReview),
        example: { data: [moderatedExample], page: { nextCursor: null } },
      },
    },
    problems: { 401: ['bad_credential'] },
  },
  {
    ...ofAdmin,
    id: 'hideReview',
    method: 'post',
    path: '/api/v1/admin/reviews/{id}/hide',
    summary: 'Hide a review that breaks the rules',
    description: 'It does not count for the rank while it is hidden; how many are hidden is shown.',
    params: byId,
    body: { schema: named('ReviewHiding', hideBody), example: { reason: 'Names a private person.' } },
    answer: { status: 200, description: 'The review.', json: review },
    problems: { 401: ['bad_credential'], 404: ['not_found'] },
  },
  {
    ...ofAdmin,
    id: 'restoreReview',
    method: 'post',
    path: '/api/v1/admin/reviews/{id}/restore',
    summary: 'Show a hidden review again',
    params: byId,
    answer: {
      status: 200,
      description: 'The review.',
      json: { ...review, example: { ...moderatedExample, hiddenAt: null, hiddenReason: null } },
    },
    problems: { 401: ['bad_credential'], 404: ['not_found'] },
  },
  {
    ...ofAdmin,
    id: 'listFailedJobs',
    method: 'get',
    path: '/api/v1/admin/jobs/failed',
    summary: 'Jobs that failed for good, latest first',
    query: pageQuery,
    answer: {
      status: 200,
      description: 'A page of jobs.',
      json: {
        schema: pageOf('FailedJobsPage', FailedJob),
        example: { data: [failedExample], page: { nextCursor: null } },
      },
    },
    problems: { 401: ['bad_credential'] },
  },
  {
    ...ofAdmin,
    id: 'retryJob',
    method: 'post',
    path: '/api/v1/admin/jobs/{id}/retry',
    summary: 'Do a failed job after all',
    description: 'With all its attempts before it.',
    params: byId,
    answer: {
      status: 202,
      description: 'It is due now.',
      json: { schema: RetriedJob, example: { id: EXAMPLE_IDS.job, job: 'send-email' } },
    },
    problems: { 401: ['bad_credential'], 404: ['not_found'], 409: ['not_failed'] },
  },
  {
    ...ofAdmin,
    id: 'previewMatch',
    method: 'post',
    path: '/api/v1/admin/match-preview',
    summary: 'Who would be asked now, and with what chances',
    description: 'Writes nothing. Without criteria, everybody who accepts is eligible.',
    body: {
      schema: named('NewMatchPreview', previewBody),
      example: { criteria: { services: ['crm-setup'], country: 'BR' }, policy: 'balanced' },
    },
    answer: {
      status: 200,
      description: 'A draw that is not one.',
      json: {
        schema: Preview,
        example: {
          policy: 'balanced',
          policyVersion: 1,
          seed: `${EXAMPLE_IDS.request}/1`,
          eligible: 1,
          eligibleOrMore: false,
          candidates: [{ partner, weight: 7100, rank: 61.2, liveLeads: 2 }],
          picked: [partner],
        },
      },
    },
    problems: { 401: ['bad_credential'] },
  },
];
