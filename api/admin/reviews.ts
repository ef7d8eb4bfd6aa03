import { Router } from 'express';
import { actorOf } from '../actor.ts';
import type { ApiDeps } from '../deps.ts';
import { requireJson } from '../json-body.ts';
import { only, parse } from '../problem.ts';
import { adminReviewsQuery, hideBody } from '../schemas-admin.ts';
import { allReviews, moderateReview } from './moderation.ts';

/** Hiding reviews that break the rules, for a stated reason, and showing them again. */
export function adminReviewRoutes(deps: ApiDeps): Router {
  const router = Router();

  router
    .route('/')
    .get(async (request, response) => {
      response.json(await allReviews(deps.db, parse(adminReviewsQuery, request.query)));
    })
    .all(only('GET', 'HEAD'));

  router
    .route('/:id/hide')
    .post(requireJson, async (request, response) => {
      const { reason } = parse(hideBody, request.body);
      response.json(await moderateReview(deps, actorOf(response), request.params.id, reason));
    })
    .all(only('POST'));

  router
    .route('/:id/restore')
    .post(async (request, response) => {
      response.json(await moderateReview(deps, actorOf(response), request.params.id, null));
    })
    .all(only('POST'));

  return router;
}
