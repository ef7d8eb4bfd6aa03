import { type Response, Router } from 'express';
import { z } from 'zod';
import { revokeApiKey } from '../../../../db/api-keys.ts';
import { endSessions } from '../../../../db/sessions.ts';
import { NotPossible } from '../../../../life/not-possible.ts';
import type { ApiDeps } from '../../../deps.ts';
import { notFound, toProblem } from '../../../problem.ts';
import { viewOf } from '../../context.ts';
import { cookieOptions, sessionCookie } from '../../cookies.ts';
import { madeId } from '../../form-key.tsx';
import { typedIn } from '../../forms.ts';
import { partnerOf } from '../../guard.tsx';
import { problemKey } from '../../problem-page.tsx';
import { show } from '../../show.tsx';
import { withVersion } from '../../version.ts';
import { saveUnlessStale } from '../save.ts';
import { readSettingsForm, typedOf } from './fields.ts';
import { loadSettings } from './load.ts';
import { makeKey } from './make-key.ts';
import { DONE, SettingsPage, type SettingsProps } from './page.tsx';

const PATH = '/workspace/settings';

/** The partner's settings, API keys and browsers, at `/workspace/settings`. */
export function settingsPages({ db, config }: ApiDeps): Router {
  const router = Router();

  /** Answers with the settings as they stand now; `form` has what was typed instead. */
  const showSettings = async (
    response: Response,
    { form, ...rest }: Partial<SettingsProps> = {},
    status = 200,
  ) => {
    const settings = await loadSettings(db, partnerOf(response).partnerId);
    const fields = withVersion(typedOf(settings.profile));
    const shown = form ?? { typed: fields, errors: {} };
    // A form that came too late is made from what is there now: sent again, it replaces that knowingly.
    const typed = rest.stale ? { ...shown.typed, version: fields.version } : shown.typed;
    viewOf(response).path = PATH;
    show(response, <SettingsPage {...rest} settings={settings} form={{ ...shown, typed }} />, status);
  };

  router
    .route(PATH)
    .get((request, response) => showSettings(response, { done: doneOf(request.query.done) }))
    .post(async (request, response) => {
      const typed = typedIn(request.body);
      const read = readSettingsForm(typed, viewOf(response).t);
      if (read.errors) return showSettings(response, { form: { typed, errors: read.errors } }, 422);
      const { partnerId } = partnerOf(response);
      if (await saveUnlessStale(db, partnerId, { typed, change: read.value, typedOf }))
        return response.redirect(303, `${PATH}?done=saved`);
      await showSettings(response, { form: { typed, errors: {} }, stale: true }, 412);
    });

  // The key is on the answer itself and nowhere else: an address with it would be kept in many places.
  router.post(`${PATH}/keys`, async (request, response) => {
    const { partnerId } = partnerOf(response);
    const id = madeId(typedIn(request.body), 'key', partnerId);
    try {
      const newKey = await makeKey(db, partnerId, id);
      if (newKey === undefined) return showSettings(response, { keyMade: true });
      await showSettings(response, { newKey }, 201);
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
      const problem = toProblem(error);
      await showSettings(response, { refused: viewOf(response).t(problemKey(problem)) }, problem.status);
    }
  });

  router.post(`${PATH}/keys/:id/revoke`, async (request, response) => {
    const id = z.uuid().safeParse(request.params.id).data;
    if (!id || !(await revokeApiKey(db, partnerOf(response).partnerId, id))) throw notFound();
    response.redirect(303, `${PATH}?done=revoked#keys`);
  });

  router.post(`${PATH}/sign-out`, async (_request, response) => {
    await endSessions(db, partnerOf(response).partnerId);
    response.clearCookie(sessionCookie(config), cookieOptions(config));
    response.redirect(303, '/sign-in');
  });

  return router;
}

function doneOf(code: unknown): keyof typeof DONE | undefined {
  return (Object.keys(DONE) as (keyof typeof DONE)[]).find((each) => each === code);
}
