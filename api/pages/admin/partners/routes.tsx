import { type Response, Router } from 'express';
import { type AdminPartner, findAnyPartner } from '../../../../db/admin-partners.ts';
import { actorOf } from '../../../actor.ts';
import { addPartner, allPartners, changePartner } from '../../../admin/change-partners.ts';
import type { ApiDeps } from '../../../deps.ts';
import { namedPartner } from '../../../named-partner.ts';
import { Problem } from '../../../problem.ts';
import { adminPartnersQuery, partnerBody } from '../../../schemas-admin.ts';
import { viewOf } from '../../context.ts';
import { errorsInWords, type FormState, readForm, type Typed, typedIn } from '../../forms.ts';
import { knownParts } from '../../known-parts.ts';
import { show } from '../../show.tsx';
import { mayReplace, withVersion } from '../../version.ts';
import { searchIn, searchPath } from '../search.ts';
import { bodyOf, byField, NEW_PARTNER, typedOf } from './form.ts';
import { PartnerListPage } from './list-page.tsx';
import { EditPartnerPage, NewPartnerPage } from './pages.tsx';

const PER_PAGE = '30';
const PATH = '/admin/partners';

// A partner is edited as a whole: what a new one must have, a changed one must keep.
const changeBody = partnerBody.omit({ slug: true });

/** The whole catalog, unlisted partners too, to look at and to change. */
export function adminPartnerPages({ db }: ApiDeps): Router {
  const router = Router();

  const list = async (response: Response, asked: Record<string, unknown>) => {
    const { known, flawed } = knownParts(adminPartnersQuery, { ...asked, limit: PER_PAGE });
    const found = await allPartners(db, known);
    show(response, <PartnerListPage query={known} flawed={flawed} found={found} />);
  };

  router
    .route('/')
    .get((request, response) => {
      const { q, tier, listed, cursor } = request.query;
      return list(response, { q, tier, listed, cursor });
    })
    .post((request, response) => {
      const search = searchIn(typedIn(request.body), ['q', 'tier', 'listed']);
      const path = searchPath(PATH, search, adminPartnersQuery);
      if (path) return response.redirect(303, path);
      viewOf(response).path = PATH;
      return list(response, search);
    });

  router
    .route('/new')
    .get((_request, response) => {
      show(response, <NewPartnerPage form={{ typed: NEW_PARTNER, errors: {} }} />);
    })
    .post(async (request, response) => {
      const typed = typedIn(request.body);
      const { t } = viewOf(response);
      const again = (errors: Record<string, string>, status = 422) =>
        show(response, <NewPartnerPage form={{ typed, errors }} />, status);
      const read = readForm(partnerBody, { ...bodyOf(typed), slug: typed.slug || undefined }, t);
      if (read.errors) return again(byField(read.errors));
      try {
        response.redirect(303, `${PATH}/${await addPartner(db, actorOf(response), read.value)}?done=added`);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (error.code === 'slug_taken') return again({ slug: t('problem.slug_taken') }, 409);
        if (!error.errors) throw error;
        again(byField(errorsInWords(error.errors, t)));
      }
    });

  router
    .route('/:id')
    .get(async (request, response) => {
      const partner = await namedPartner(db, request.params.id, findAnyPartner);
      const done = (['added', 'saved'] as const).find((code) => code === request.query.done);
      show(response, <EditPartnerPage partner={partner} form={formOf(partner)} done={done} />);
    })
    .post(async (request, response) => {
      const partner = await namedPartner(db, request.params.id, findAnyPartner);
      const typed = typedIn(request.body);
      const read = readForm(changeBody, bodyOf(typed), viewOf(response).t);
      if (read.errors) {
        const form = { typed, errors: byField(read.errors) };
        return show(response, <EditPartnerPage partner={partner} form={form} />, 422);
      }
      try {
        await changePartner(db, actorOf(response), partner.id, read.value, (before, after) =>
          mayReplace(typed, typedOf(before), typedOf(after)),
        );
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'stale') throw error;
        return showStale(response, partner.id, typed);
      }
      response.redirect(303, `${PATH}/${partner.id}?done=saved`);
    });

  /** Somebody else changed the partner since the form was shown: saved once more, it replaces that knowingly. */
  async function showStale(response: Response, id: string, typed: Typed): Promise<void> {
    const now = await namedPartner(db, id, findAnyPartner);
    const form = { typed: { ...typed, version: formOf(now).typed.version }, errors: {} };
    show(response, <EditPartnerPage partner={now} form={form} stale />, 412);
  }

  return router;
}

function formOf(partner: AdminPartner): FormState {
  return { typed: withVersion(typedOf(partner)), errors: {} };
}
