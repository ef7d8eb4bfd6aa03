import { type Response, Router } from 'express';
import { z } from 'zod';
import { createApiKey, revokeApiKey } from '../../../../db/api-keys.ts';
import { endSessions } from '../../../../db/sessions.ts';
import type { ApiDeps } from '../../../deps.ts';
import { editProfile } from '../../../edit-profile.ts';
import { notFound } from '../../../problem.ts';
import { viewOf } from '../../context.ts';
import { cookieOptions, sessionCookie } from '../../cookies.ts';
import { typedIn } from '../../forms.ts';
import { partnerOf } from '../../guard.ts';
import { show } from '../../show.tsx';
import { readSettingsForm, typedOf } from './fields.ts';
import { loadSettings } from './load.ts';
import { DONE, SettingsPage } from './page.tsx';

const PATH = '/workspace/settings';

/** The partner's settings, API keys and browsers, at `/workspace/settings`. */
export function settingsPages({ db, config }: ApiDeps): Router {
  const router = Router();
  const load = (response: Response) => loadSettings(db, partnerOf(response).partnerId);

  router
    .route(PATH)
    .get(async (request, response) => {
      const settings = await load(response);
      const form = { typed: typedOf(settings.profile), errors: {} };
      show(response, <SettingsPage settings={settings} form={form} done={doneOf(request.query.done)} />);
    })
    .post(async (request, response) => {
      const typed = typedIn(request.body);
      const read = readSettingsForm(typed, viewOf(response).t);
      if (read.errors) {
        const settings = await load(response);
        return show(
          response,
          <SettingsPage settings={settings} form={{ typed, errors: read.errors }} />,
          422,
        );
      }
      const { partnerId } = partnerOf(response);
      await db.transaction((sql) => editProfile(sql, partnerId, read.value));
      response.redirect(303, `${PATH}?done=saved`);
    });

  // The key is on the answer itself and nowhere else: an address with it would be kept in many places.
  router.post(`${PATH}/keys`, async (_request, response) => {
    const { partnerId } = partnerOf(response);
    const newKey = await createApiKey(db, { role: 'partner', partnerId });
    const settings = await load(response);
    viewOf(response).path = PATH;
    const form = { typed: typedOf(settings.profile), errors: {} };
    show(response, <SettingsPage settings={settings} form={form} newKey={newKey} />, 201);
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
