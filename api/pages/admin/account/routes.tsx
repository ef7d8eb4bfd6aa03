import { Router } from 'express';
import type { ApiDeps } from '../../../deps.ts';
import { browserRoutes, sessionsOf } from '../../account/routes.ts';
import { viewOf } from '../../context.ts';
import { show } from '../../show.tsx';
import { ACCOUNT_PATH, AccountPage } from './page.tsx';

/** An administrator's own browsers, at `/admin/account`. */
export function accountPages(deps: ApiDeps): Router {
  const { db } = deps;
  const router = Router();

  router.get(ACCOUNT_PATH, async (request, response) => {
    const done = request.query.done === 'signed-out';
    show(response, <AccountPage sessions={await sessionsOf(db, response)} done={done} />);
  });

  router.use(
    browserRoutes(deps, ACCOUNT_PATH, async (response) => {
      viewOf(response).path = ACCOUNT_PATH;
      show(response, <AccountPage sessions={await sessionsOf(db, response)} gone />, 404);
    }),
  );

  return router;
}
