import { Router } from 'express';
import type { IntakeDeps } from '../deps.ts';
import { limitWrites } from '../limit-writes.ts';
import { notFound } from '../problem.ts';
import { adminPages } from './admin/routes.ts';
import { catalogPages } from './catalog/routes.tsx';
import { pageContext } from './context.ts';
import { devMailPages } from './dev-mail/routes.tsx';
import { feedbackPages } from './feedback/routes.tsx';
import { formBody } from './forms.ts';
import { pageHeaders } from './headers.ts';
import { partnerPages } from './partners/routes.tsx';
import { problemPages } from './problem-page.tsx';
import { requestFormPages } from './request-form/routes.tsx';
import { refuseCrossSite } from './same-site.ts';
import { signInPages } from './sign-in/routes.tsx';
import { trackingPages } from './tracking/routes.tsx';
import { workspacePages } from './workspace/routes.ts';

/** All pages that people see in a browser. */
export function pageRoutes(deps: IntakeDeps): Router {
  const router = Router();
  router.use(pageHeaders, pageContext(deps), refuseCrossSite(deps.config), formBody);
  router.use(catalogPages(deps));
  router.use(partnerPages(deps));
  // The request form counts its own writes: what was typed is shown again when there are too many.
  router.use(requestFormPages(deps));
  router.use(limitWrites(deps));
  router.use(signInPages(deps));
  router.use(adminPages(deps));
  router.use(trackingPages(deps));
  router.use(feedbackPages(deps));
  if (!deps.config.smtpUrl) router.use(devMailPages(deps));
  router.use(workspacePages(deps));
  // Who did not ask for a page, as programs do, is told by the last handler of all.
  router.use((request, _response, next) => {
    if (request.accepts(['json', 'html']) === 'html') throw notFound();
    next('router');
  });
  router.use(problemPages(deps.log));
  return router;
}
