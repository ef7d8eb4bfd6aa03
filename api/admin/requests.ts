import { Router } from 'express';
import { z } from 'zod';
import { listRequests } from '../../db/admin-requests.ts';
import { decodeCursor, pageOf } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound, only, parse } from '../problem.ts';
import { adminRequestsQuery } from '../schemas-admin.ts';
import { storyOf } from './story.ts';

/** What clients asked for, and the whole story of each request. */
export function adminRequestRoutes({ db }: ApiDeps): Router {
  const router = Router();

  router
    .route('/')
    .get(async (request, response) => {
      const { q, status, limit, cursor } = parse(adminRequestsQuery, request.query);
      const before = decodeCursor(z.uuid(), cursor);
      const rows = await listRequests(db, { q, status }, { before, limit: limit + 1 });
      response.json(pageOf(rows, limit, (last) => last.id));
    })
    .all(only('GET', 'HEAD'));

  router
    .route('/:id')
    .get(async (request, response) => {
      const id = z.uuid().safeParse(request.params.id).data;
      const story = id && (await storyOf(db, id.toLowerCase()));
      if (!story) throw notFound();
      response.json(story);
    })
    .all(only('GET', 'HEAD'));

  return router;
}
