import { type Request, Router } from 'express';
import { z } from 'zod';
import { subjectOf } from '../db/access-tokens.ts';
import type { Sql } from '../db/connect.ts';
import type { ReviewView } from '../db/reviews.ts';
import { transaction } from '../jobs/transaction.ts';
import { reply, review } from '../life/review.ts';
import { bearer, requirePartner } from './credentials.ts';
import type { ApiDeps } from './deps.ts';
import { requireJson } from './json-body.ts';
import { notFound, only, Problem, parse } from './problem.ts';
import { replyBody, reviewBody } from './schemas-admin.ts';

/** Reviews: the client of a won deal writes one, the partner replies. */
export function reviewRoutes(deps: ApiDeps): Router {
  const router = Router();

  router
    .route('/')
    .post(requireJson, async (request, response) => {
      const dealId = await requireFeedbackToken(deps.db, request);
      const body = parse(reviewBody, request.body);
      const written = await transaction(deps, 'review', (tx) => review(tx, dealId, body));
      if (!written) throw notFound();
      const { id, rating, comment, author, createdAt } = written;
      response.status(201).json({ id, rating, comment, author, createdAt, verified: true });
    })
    .all(only('POST'));

  router
    .route('/:id/reply')
    .post(requireJson, async (request, response) => {
      const partnerId = await requirePartner(deps.db, request);
      const { text } = parse(replyBody, request.body);
      const id = z.uuid().safeParse(request.params.id).data;
      const replied =
        id && (await deps.db.transaction('review reply', (sql) => reply(sql, partnerId, id, text)));
      if (!replied) throw notFound();
      response.json(publicReview(replied));
    })
    .all(only('POST'));

  return router;
}

/** A review as the catalog shows it. All are by clients of deals that were won here. */
export function publicReview({ id, rating, comment, author, createdAt, reply, repliedAt }: ReviewView) {
  return { id, rating, comment, author, verified: true, createdAt, reply, repliedAt };
}

/** The deal that a feedback token opens. @throws Problem 401 */
async function requireFeedbackToken(sql: Sql, request: Request): Promise<string> {
  const dealId = await subjectOf(sql, 'feedback', bearer(request));
  if (!dealId) throw new Problem(401, 'bad_credential', 'This link is not valid, or not valid any more.');
  return dealId;
}
