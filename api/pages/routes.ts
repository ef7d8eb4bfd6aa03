import { Router } from 'express';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problem.ts';
import { catalogPages } from './catalog/routes.tsx';
import { pageContext } from './context.ts';
import { devMailPages } from './dev-mail/routes.tsx';
import { formBody } from './forms.ts';
import { pageHeaders } from './headers.ts';
import { problemPages } from './problem-page.tsx';
import { refuseCrossSite } from './same-site.ts';
import { signInPages } from './sign-in/routes.tsx';

/** All pages that people see in a browser. */
export function pageRoutes(deps: ApiDeps): Router {
  const router = Router();
  router.use(pageHeaders, pageContext(deps), refuseCrossSite(deps.config), formBody);
  router.use(catalogPages(deps));
  router.use(signInPages(deps));
  if (!deps.config.smtpUrl) router.use(devMailPages(deps));
  router.use(() => {
    throw notFound();
  });
  router.use(problemPages(deps.log));
  return router;
}
