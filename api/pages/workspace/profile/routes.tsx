import { type Response, Router } from 'express';
import type { ApiDeps } from '../../../deps.ts';
import { editProfile, readProfile } from '../../../edit-profile.ts';
import { viewOf } from '../../context.ts';
import { typedIn, typedText } from '../../forms.ts';
import { partnerOf } from '../../guard.ts';
import { show } from '../../show.tsx';
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
      const form = { typed: typedOf(profile), errors: {} };
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
      await db.transaction((sql) => editProfile(sql, profile.id, read.value));
      response.redirect(303, '/workspace/profile?done=saved');
    });

  return router;
}
