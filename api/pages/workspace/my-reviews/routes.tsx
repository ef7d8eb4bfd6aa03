import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { NotPossible } from '../../../../life/not-possible.ts';
import { reply } from '../../../../life/review.ts';
import type { ApiDeps } from '../../../deps.ts';
import { notFound, parse, toProblem } from '../../../problem.ts';
import { pageQuery } from '../../../schemas.ts';
import { replyBody } from '../../../schemas-admin.ts';
import { viewOf } from '../../context.ts';
import { EMPTY_FORM, readForm, typedIn, typedText } from '../../forms.ts';
import { partnerOf } from '../../guard.tsx';
import { problemKey } from '../../problem-page.tsx';
import { show } from '../../show.tsx';
import { loadReviews, reviewsPath } from './load.ts';
import { MyReviewsPage } from './page.tsx';
import { replyField } from './reply-field.ts';

/** The partner's reviews and its replies, at `/workspace/reviews`. */
export function myReviewsPages({ db }: ApiDeps): Router {
  const router = Router();
  const load = (request: Request, response: Response) =>
    loadReviews(db, partnerOf(response).partnerId, cursorOf(request));

  router.get('/workspace/reviews', async (request, response) => {
    const reviews = await load(request, response);
    const replied = request.query.done === 'replied';
    show(response, <MyReviewsPage reviews={reviews} form={EMPTY_FORM} replied={replied} />);
  });

  router.post('/workspace/reviews/:id/reply', async (request, response) => {
    const id = z.uuid().safeParse(request.params.id).data;
    if (!id) throw notFound();
    const field = replyField(id);
    const typed = typedIn(request.body);
    const path = reviewsPath(cursorOf(request));
    viewOf(response).path = path;
    const text = typedText(typed, field).trim() || undefined;
    const read = readForm(replyBody, { text }, viewOf(response).t);
    if (read.errors) {
      const form = { typed, errors: { [field]: Object.values(read.errors).join(' ') } };
      return show(response, <MyReviewsPage reviews={await load(request, response)} form={form} />, 422);
    }
    const { partnerId } = partnerOf(response);
    try {
      const replied = await db.transaction('review reply', (sql) =>
        reply(sql, partnerId, id, read.value.text),
      );
      if (!replied) throw notFound();
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
      const problem = toProblem(error);
      const reviews = await load(request, response);
      const refused = problemKey(problem);
      return show(
        response,
        <MyReviewsPage reviews={reviews} form={EMPTY_FORM} refused={refused} />,
        problem.status,
      );
    }
    response.redirect(303, `${path}${path.includes('?') ? '&' : '?'}done=replied#review-${id}`);
  });

  return router;
}

function cursorOf(request: Request): string | undefined {
  return parse(pageQuery, request.query).cursor || undefined;
}
