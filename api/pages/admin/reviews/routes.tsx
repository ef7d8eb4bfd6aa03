import { type Response, Router } from 'express';
import { partnerNames } from '../../../../db/admin-partners.ts';
import { actorOf } from '../../../actor.ts';
import { allReviews, moderateReview } from '../../../admin/moderation.ts';
import type { ApiDeps } from '../../../deps.ts';
import { parse } from '../../../problem.ts';
import { adminReviewsQuery, hideBody } from '../../../schemas-admin.ts';
import { viewOf } from '../../context.ts';
import { EMPTY_FORM, type FormState, readForm, type Typed, typedIn, typedText } from '../../forms.ts';
import { show } from '../../show.tsx';
import { listPath } from '../parts.tsx';
import { type Done, ModerationPage, SHOWN, type Shown } from './page.tsx';
import { reasonField } from './review-row.tsx';

const PER_PAGE = '20';
// So few stars that somebody may want to look.
const LOW = 2;
const PATH = '/admin/reviews';

/** A page of the list: which reviews, and from where on. */
interface Place {
  shown: Shown;
  cursor: string | undefined;
}

/** All partners' reviews, and hiding those that break the rules. */
export function moderationPages(deps: ApiDeps): Router {
  const { db } = deps;
  const router = Router();

  const list = async (
    response: Response,
    place: Place,
    { form = EMPTY_FORM, done }: { form?: FormState; done?: Done | undefined } = {},
  ) => {
    const hidden = place.shown === 'hidden' ? 'true' : undefined;
    const query = parse(adminReviewsQuery, { hidden, cursor: place.cursor, limit: PER_PAGE });
    const found = await allReviews(db, { ...query, mostStars: place.shown === 'low' ? LOW : undefined });
    const partners = await partnerNames(
      db,
      found.data.map(({ partnerId }) => partnerId),
    );
    const status = Object.keys(form.errors).length > 0 ? 422 : 200;
    show(response, <ModerationPage {...{ ...place, found, partners, form, done }} />, status);
  };

  router.get('/', (request, response) => {
    const done = (['hidden', 'restored'] as const).find((code) => code === request.query.done);
    return list(response, placeIn(request.query), { done });
  });

  router.post('/:id/hide', async (request, response) => {
    const typed = typedIn(request.body);
    const place = placeIn(typed);
    const field = reasonField(request.params.id);
    const view = viewOf(response);
    const reason = typedText(typed, field);
    const read = readForm(hideBody, { reason }, view.t);
    if (read.errors) {
      view.path = pathOf(place);
      const words = reason.trim() === '' ? view.t('admin.reviews.reason-needed') : read.errors.reason;
      return list(response, place, { form: { typed, errors: { [field]: words ?? '' } } });
    }
    await moderateReview(deps, actorOf(response), request.params.id, read.value.reason);
    response.redirect(303, pathOf(place, 'hidden'));
  });

  router.post('/:id/restore', async (request, response) => {
    const place = placeIn(typedIn(request.body));
    await moderateReview(deps, actorOf(response), request.params.id, null);
    response.redirect(303, pathOf(place, 'restored'));
  });

  return router;
}

function placeIn(query: Record<string, unknown> | Typed): Place {
  const { show: wanted, cursor } = query;
  return {
    shown: SHOWN.find((each) => each === wanted) ?? 'all',
    cursor: typeof cursor === 'string' && cursor !== '' ? cursor : undefined,
  };
}

function pathOf({ shown, cursor }: Place, done?: Done): string {
  return listPath(PATH, { show: shown === 'all' ? null : shown, cursor, done });
}
