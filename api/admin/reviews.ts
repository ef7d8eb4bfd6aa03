import { type Response, Router } from 'express';
import { z } from 'zod';
import { transaction } from '../../jobs/transaction.ts';
import { moderate } from '../../life/moderate.ts';
import type { ApiDeps } from '../deps.ts';
import { requireJson } from '../json-body.ts';
import { notFound, only, parse } from '../problem.ts';
import { hideBody } from '../schemas-admin.ts';

/** Hiding reviews that break the rules, for a stated reason, and showing them again. */
export function adminReviewRoutes(deps: ApiDeps): Router {
  const router = Router();

  const answer = async (response: Response, reviewId: string, reason: string | null) => {
    const id = z.uuid().safeParse(reviewId).data;
    const moderated = id && (await transaction(deps, (tx) => moderate(tx, id, reason)));
    if (!moderated) throw notFound();
    response.json(moderated);
  };

  router
    .route('/:id/hide')
    .post(requireJson, async (request, response) => {
      const { reason } = parse(hideBody, request.body);
      await answer(response, request.params.id, reason);
    })
    .all(only('POST'));

  router
    .route('/:id/restore')
    .post((request, response) => answer(response, request.params.id, null))
    .all(only('POST'));

  return router;
}
