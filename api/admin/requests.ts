import { Router } from 'express';
import type { ApiDeps } from '../deps.ts';
import { only, parse } from '../problem.ts';
import { adminRequestsQuery } from '../schemas-admin.ts';
import { allRequests, wholeStory } from './read-requests.ts';

/** What clients asked for, and the whole story of each request. */
export function adminRequestRoutes({ db }: ApiDeps): Router {
  const router = Router();

  router
    .route('/')
    .get(async (request, response) => {
      response.json(await allRequests(db, parse(adminRequestsQuery, request.query)));
    })
    .all(only('GET', 'HEAD'));

  router
    .route('/:id')
    .get(async (request, response) => {
      response.json(await wholeStory(db, request.params.id));
    })
    .all(only('GET', 'HEAD'));

  return router;
}
