import { type Response, Router } from 'express';
import { revokeApiKey } from '../../../../db/api-keys.ts';
import { NotPossible } from '../../../../life/not-possible.ts';
import type { ApiDeps } from '../../../deps.ts';
import { pathId } from '../../../path-id.ts';
import { notFound, toProblem } from '../../../problem.ts';
import { newKeyBody } from '../../../schemas-keys.ts';
import { viewOf } from '../../context.ts';
import { madeId } from '../../form-key.tsx';
import { type FormState, nested, readForm, typedIn } from '../../forms.ts';
import { partnerOf } from '../../guard.tsx';
import { problemKey } from '../../problem-page.tsx';
import { makeKey, replaceKey } from './make-key.ts';
import { SETTINGS_PATH, type SettingsProps } from './page.tsx';
import { showSettings } from './show.tsx';

const KEYS_PATH = `${SETTINGS_PATH}/keys`;

/** Making, replacing and revoking a partner's API keys, below its settings. */
export function keyRoutes(deps: ApiDeps): Router {
  const { db } = deps;
  const router = Router();

  // The key is on the answer itself and nowhere else: an address with it would be kept in many places.
  const showMade = async (
    response: Response,
    make: () => Promise<string | undefined>,
    props: Partial<SettingsProps> = {},
  ) => {
    try {
      const newKey = await make();
      if (newKey === undefined) return showSettings(deps, response, { keyMade: true });
      await showSettings(deps, response, { newKey, replaces: props.replaces ?? false }, 201);
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
      const problem = toProblem(error);
      const refused = viewOf(response).t(problemKey(problem));
      await showSettings(deps, response, { ...props, refused }, problem.status);
    }
  };

  router.post(KEYS_PATH, async (request, response) => {
    const { partnerId } = partnerOf(response);
    const typed = typedIn(request.body);
    const { name, scope, days } = typed;
    const read = readForm(newKeyBody, nested({ name, scope, days }), viewOf(response).t);
    const keyForm: FormState = { typed, errors: read.errors ?? {} };
    if (read.errors) return showSettings(deps, response, { keyForm }, 422);
    const id = madeId(typed, 'key', partnerId, JSON.stringify(read.value));
    await showMade(response, () => makeKey(db, partnerId, { ...read.value, id }), { keyForm });
  });

  router.post(`${KEYS_PATH}/:id/replace`, async (request, response) => {
    const { partnerId } = partnerOf(response);
    const id = pathId(request.params.id);
    await showMade(response, () => replaceKey(db, partnerId, id), { replaces: true });
  });

  router.post(`${KEYS_PATH}/:id/revoke`, async (request, response) => {
    const id = pathId(request.params.id);
    if (!(await revokeApiKey(db.writing('api key revoked'), partnerOf(response).partnerId, id)))
      throw notFound();
    response.redirect(303, `${SETTINGS_PATH}?done=revoked#keys`);
  });

  return router;
}
