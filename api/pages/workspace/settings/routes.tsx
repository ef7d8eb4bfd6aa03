import { Router } from 'express';
import type { ApiDeps } from '../../../deps.ts';
import { browserRoutes } from '../../account/routes.ts';
import { viewOf } from '../../context.ts';
import { typedIn } from '../../forms.ts';
import { partnerOf } from '../../guard.tsx';
import { saveUnlessStale } from '../save.ts';
import { readSettingsForm, typedOf } from './fields.ts';
import { keyRoutes } from './key-routes.ts';
import { DONE, SETTINGS_PATH } from './page.tsx';
import { showSettings } from './show.tsx';

/** The partner's settings, API keys and browsers, at `/workspace/settings`. */
export function settingsPages(deps: ApiDeps): Router {
  const router = Router();

  router
    .route(SETTINGS_PATH)
    .get((request, response) => showSettings(deps, response, { done: doneOf(request.query.done) }))
    .post(async (request, response) => {
      const typed = typedIn(request.body);
      const read = readSettingsForm(typed, viewOf(response).t);
      if (read.errors) return showSettings(deps, response, { form: { typed, errors: read.errors } }, 422);
      const { partnerId } = partnerOf(response);
      if (await saveUnlessStale(deps.db, partnerId, { typed, change: read.value, typedOf }))
        return response.redirect(303, `${SETTINGS_PATH}?done=saved`);
      await showSettings(deps, response, { form: { typed, errors: {} }, stale: true }, 412);
    });

  router.use(keyRoutes(deps));
  router.use(
    browserRoutes(deps, SETTINGS_PATH, (response) => showSettings(deps, response, { gone: true }, 404)),
  );
  return router;
}

function doneOf(code: unknown): keyof typeof DONE | undefined {
  return (Object.keys(DONE) as (keyof typeof DONE)[]).find((each) => each === code);
}
