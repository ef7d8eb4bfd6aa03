import { z } from 'zod';
import { replyBody, reviewBody } from '../schemas-admin.ts';
import type { Operation } from './operation.ts';
import { byId, EXAMPLE_IDS, moment, named, shape, uuid } from './parts.ts';

const written = {
  id: uuid,
  rating: z.int().min(1).max(5),
  comment: z.string(),
  author: z.string().meta({ description: 'First name and initial.' }),
  createdAt: moment,
};
const verified = z.literal(true).meta({ description: 'By the client of a deal that was won here.' });

export const WrittenReview = shape('WrittenReview', { ...written, verified });

export const repliedFields = { ...written, reply: z.string().nullable(), repliedAt: moment.nullable() };

/** A review as anybody sees it. */
export const PublicReview = shape('Review', { ...repliedFields, verified });

const writtenExample: z.infer<typeof WrittenReview> = {
  id: EXAMPLE_IDS.review,
  rating: 5,
  comment: 'Two pipelines and a form, on time.',
  author: 'Ana S.',
  createdAt: '2027-02-10T14:03:00.000Z',
  verified: true,
};

export const reviewExample: z.infer<typeof PublicReview> = {
  ...writtenExample,
  reply: 'Thank you, Ana!',
  repliedAt: '2027-02-11T09:30:00.000Z',
};

/** Reviews: the client writes one, the partner replies. */
export const reviewOperations: Operation[] = [
  {
    id: 'writeReview',
    method: 'post',
    path: '/api/v1/reviews',
    tag: 'Reviews',
    summary: 'Review a won deal, once',
    credential: 'reviewer',
    body: {
      schema: named('NewReview', reviewBody),
      example: { rating: 5, comment: 'Two pipelines and a form, on time.' },
    },
    answer: {
      status: 201,
      description: 'The review.',
      json: { schema: WrittenReview, example: writtenExample },
    },
    problems: { 401: ['bad_credential'], 404: ['not_found'], 409: ['already_reviewed'] },
  },
  {
    id: 'replyToReview',
    method: 'post',
    path: '/api/v1/reviews/{id}/reply',
    tag: 'Reviews',
    summary: 'Reply to a review of yours, once',
    credential: 'partner',
    params: byId,
    body: { schema: named('ReviewReply', replyBody), example: { text: 'Thank you, Ana!' } },
    answer: {
      status: 200,
      description: 'The review with the reply.',
      json: { schema: PublicReview, example: reviewExample },
    },
    problems: { 401: ['bad_credential'], 404: ['not_found'], 409: ['already_replied'] },
  },
];
