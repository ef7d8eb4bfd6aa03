import { type Response, Router } from 'express';
import type { ApiDeps } from '../../../deps.ts';
import { readProfile } from '../../../edit-profile.ts';
import { viewOf } from '../../context.ts';
import { typedIn, typedText } from '../../forms.ts';
import { partnerOf } from '../../guard.tsx';
import { show } from '../../show.tsx';
import { withVersion } from '../../version.ts';
import { saveUnlessStale } from '../save.ts';
import { readProfileForm, typedOf } from './fields.ts';
import { ProfilePage } from './page.tsx';

/** The partner's own profile, at `/workspace/profile`: the same change as `PATCH /api/v1/me`. */
export function profilePages({ db }: ApiDeps): Router {
  const router = Router();
  const profileOf = (response: Response) => readProfile(db, partnerOf(response).partnerId);

  router
    .route('/workspace/profile')
    .get(async (request, response) => {
      const profile = await profileOf(response);
      const form = { typed: withVersion(typedOf(profile)), errors: {} };
      show(response, <ProfilePage profile={profile} form={form} saved={request.query.done === 'saved'} />);
    })
    .post(async (request, response) => {
      const typed = typedIn(request.body);
      const { locale, t } = viewOf(response);
      const read = readProfileForm(typed, locale, t);
      const profile = await profileOf(response);
      if (read.errors) {
        return show(response, <ProfilePage profile={profile} form={{ typed, errors: read.errors }} />, 422);
      }
      if (typedText(typed, 'preview') !== '') {
        const form = { typed, errors: {} };
        return show(
          response,
          <ProfilePage profile={profile} form={form} preview={{ ...profile, ...read.value }} />,
        );
      }
      if (await saveUnlessStale(db, profile.id, { typed, change: read.value, typedOf }))
        return response.redirect(303, '/workspace/profile?done=saved');
      const now = await profileOf(response);
      const { version } = withVersion(typedOf(now));
      const form = { typed: { ...typed, version }, errors: {} };
      show(response, <ProfilePage profile={now} form={form} stale />, 412);
    });

  return router;
}
