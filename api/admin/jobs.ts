import { Router } from 'express';
import { actorOf } from '../actor.ts';
import type { ApiDeps } from '../deps.ts';
import { only, parse } from '../problem.ts';
import { pageQuery } from '../schemas.ts';
import { failedJobs, retryJob } from './failed-jobs.ts';

/** Jobs that failed for good, from the outbox: what the queue says of them does not matter here. */
export function adminJobRoutes(deps: ApiDeps): Router {
  const router = Router();

  router
    .route('/failed')
    .get(async (request, response) => {
      response.json(await failedJobs(deps.db, parse(pageQuery, request.query)));
    })
    .all(only('GET', 'HEAD'));

  router
    .route('/:id/retry')
    .post(async (request, response) => {
      const { id, job } = await retryJob(deps, actorOf(response), request.params.id);
      response.status(202).json({ id, job });
    })
    .all(only('POST'));

  return router;
}
