import { Router } from 'express';
import type { ApiDeps } from '../../deps.ts';
import { only } from '../guard.tsx';
import { neverKept } from '../headers.ts';
import { boardPages } from './board/routes.ts';
import { dealPages } from './deal/routes.tsx';
import { myReviewsPages } from './my-reviews/routes.tsx';
import { pipelinePages } from './pipelines/routes.tsx';
import { profilePages } from './profile/routes.tsx';
import { settingsPages } from './settings/routes.tsx';
import { standingPages } from './standing/routes.tsx';

/** A partner's own pages. */
export function workspacePages(deps: ApiDeps): Router {
  const router = Router();
  router.use(['/workspace'], neverKept, only(deps, 'partner'));
  router.get('/workspace', (_request, response) => response.redirect(303, '/workspace/board'));
  router.use(boardPages(deps));
  router.use(dealPages(deps));
  router.use(pipelinePages(deps));
  router.use(profilePages(deps));
  router.use(settingsPages(deps));
  router.use(standingPages(deps));
  router.use(myReviewsPages(deps));
  return router;
}
