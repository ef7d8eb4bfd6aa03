import { Router } from 'express';
import type { ApiDeps } from '../../deps.ts';
import { only } from '../guard.tsx';
import { neverKept } from '../headers.ts';
import { accountPages } from './account/routes.tsx';
import { AUDIT_PATH } from './audit/paths.ts';
import { auditPages } from './audit/routes.tsx';
import { jobPages } from './jobs/routes.tsx';
import { adminPartnerPages } from './partners/routes.tsx';
import { previewPages } from './preview/routes.tsx';
import { privacyPages } from './privacy/routes.tsx';
import { adminRequestPages } from './requests/routes.tsx';
import { moderationPages } from './reviews/routes.tsx';

/** What administrators see and do, at /admin. */
export function adminPages(deps: ApiDeps): Router {
  const router = Router();
  router.use('/admin', neverKept, only(deps, 'admin'));
  router.get('/admin', (_request, response) => response.redirect(303, '/admin/requests'));
  router.use('/admin/requests', adminRequestPages(deps));
  router.use('/admin/partners', adminPartnerPages(deps));
  router.use('/admin/preview', previewPages(deps));
  router.use('/admin/reviews', moderationPages(deps));
  router.use('/admin/jobs', jobPages(deps));
  router.use(AUDIT_PATH, auditPages(deps));
  router.use('/admin/privacy', privacyPages(deps));
  router.use(accountPages(deps));
  return router;
}
