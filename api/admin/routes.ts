import { Router } from 'express';
import type { ApiDeps } from '../deps.ts';
import { adminAuditRoutes } from './audit.ts';
import { adminJobRoutes } from './jobs.ts';
import { adminPartnerRoutes } from './partners.ts';
import { personalDataRoutes } from './personal-data.ts';
import { matchPreviewRoutes } from './preview.ts';
import { adminRequestRoutes } from './requests.ts';
import { requireAdmin } from './require-admin.ts';
import { adminReviewRoutes } from './reviews.ts';

/** What operators do, all of it with an administrator's API key or session. */
export function adminRoutes(deps: ApiDeps): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.use(requireAdmin(deps.db));
  router.use('/partners', adminPartnerRoutes(deps));
  router.use('/requests', adminRequestRoutes(deps));
  router.use('/reviews', adminReviewRoutes(deps));
  router.use('/jobs', adminJobRoutes(deps));
  router.use('/audit', adminAuditRoutes(deps));
  router.use('/personal-data', personalDataRoutes(deps));
  router.use('/match-preview', matchPreviewRoutes(deps));
  return router;
}
