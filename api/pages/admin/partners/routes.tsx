import { type Response, Router } from 'express';
import { type AdminPartner, findAnyPartner } from '../../../../db/admin-partners.ts';
import { addPartner, allPartners, changePartner } from '../../../admin/change-partners.ts';
import type { ApiDeps } from '../../../deps.ts';
import { namedPartner } from '../../../named-partner.ts';
import { Problem, parse } from '../../../problem.ts';
import { adminPartnersQuery, partnerBody } from '../../../schemas-admin.ts';
import { viewOf } from '../../context.ts';
import { errorsInWords, type FormState, readForm, typedIn, typedText } from '../../forms.ts';
import { show } from '../../show.tsx';
import { searchIn, searchPath } from '../search.ts';
import { bodyOf, byField, NEW_PARTNER, typedOf, versionOf } from './form.ts';
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
    const query = parse(adminPartnersQuery, { ...asked, limit: PER_PAGE });
    show(response, <PartnerListPage query={query} found={await allPartners(db, query)} />);
  };

  router
    .route('/')
    .get((request, response) => {
      const { q, tier, listed, cursor } = request.query;
      return list(response, { q, tier, listed, cursor });
    })
    .post((request, response) => {
      const search = searchIn(typedIn(request.body), ['q', 'tier', 'listed']);
      const path = searchPath(PATH, search);
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
        response.redirect(303, `${PATH}/${await addPartner(db, read.value)}?done=added`);
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
      const seen = typedText(typed, 'version');
      try {
        await changePartner(db, partner.id, read.value, (before) => versionOf(before) === seen);
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'stale') throw error;
        return showStale(response, partner.id);
      }
      response.redirect(303, `${PATH}/${partner.id}?done=saved`);
    });

  /** Somebody else changed the partner since the form was shown: it is shown as it stands now. */
  async function showStale(response: Response, id: string): Promise<void> {
    const now = await namedPartner(db, id, findAnyPartner);
    show(response, <EditPartnerPage partner={now} form={formOf(now)} stale />, 412);
  }

  return router;
}

function formOf(partner: AdminPartner): FormState {
  return { typed: typedOf(partner), errors: {} };
}
