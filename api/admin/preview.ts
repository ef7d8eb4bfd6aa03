import { Router } from 'express';
import type { ApiDeps } from '../deps.ts';
import { requireJson } from '../json-body.ts';
import { only, parse } from '../problem.ts';
import { previewBody } from '../schemas-admin.ts';
import { previewMatch } from './preview-match.ts';

/** A draw that is not one: who would be asked now, and with what chances. Writes nothing. */
export function matchPreviewRoutes({ db, config }: ApiDeps): Router {
  const router = Router();

  router
    .route('/')
    .post(requireJson, async (request, response) => {
      const body = parse(previewBody, request.body);
      response.json(await previewMatch(db, body, config.matchingPolicy));
    })
    .all(only('POST'));

  return router;
}
