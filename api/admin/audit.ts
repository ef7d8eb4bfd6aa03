import { Router } from 'express';
import type { ApiDeps } from '../deps.ts';
import { only, parse } from '../problem.ts';
import { adminAuditQuery } from '../schemas-audit.ts';
import { auditPage } from './read-audit.ts';

/** What administrators and operators did, to read and no more. */
export function adminAuditRoutes({ db }: ApiDeps): Router {
  const router = Router();

  router
    .route('/')
    .get(async (request, response) => {
      response.json(await auditPage(db, parse(adminAuditQuery, request.query)));
    })
    .all(only('GET', 'HEAD'));

  return router;
}
