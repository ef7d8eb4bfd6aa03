import { Router } from 'express';
import { subjectOf } from '../../../db/access-tokens.ts';
import { type Feedback, findFeedback } from '../../../db/reviews.ts';
import { transaction } from '../../../jobs/transaction.ts';
import { NotPossible } from '../../../life/not-possible.ts';
import { review } from '../../../life/review.ts';
import type { Translate } from '../../../locales/translator.ts';
import type { ApiDeps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import { reviewBody } from '../../schemas-admin.ts';
import { viewOf } from '../context.ts';
import { EMPTY_FORM, readForm, type Typed, typedIn, typedText } from '../forms.ts';
import { neverKept, notIndexed } from '../headers.ts';
import { show } from '../show.tsx';
import { AskPage, WrittenPage } from './pages.tsx';

/** Where the link in the feedback mail leads: the client of a won deal reviews its partner, once. */
export function feedbackPages(deps: ApiDeps): Router {
  const { db } = deps;
  const router = Router();
  router.use('/feedback', neverKept, notIndexed);

  router
    .route('/feedback/:token')
    .get(async (request, response) => {
      const { feedback } = await opened(request.params.token);
      const { review: written } = feedback;
      if (!written) return show(response, <AskPage feedback={feedback} form={EMPTY_FORM} />);
      const done = request.query.done === '1';
      show(response, <WrittenPage feedback={feedback} review={written} done={done} />);
    })
    .post(async (request, response) => {
      const { token } = request.params;
      const { dealId, feedback } = await opened(token);
      const typed = typedIn(request.body);
      const read = readReview(typed, viewOf(response).t);
      // What was written stays, whatever is sent after it.
      if (read.errors && !feedback.review) {
        return show(response, <AskPage feedback={feedback} form={{ typed, errors: read.errors }} />, 422);
      }
      if (!read.errors) await write(dealId, read.value);
      response.redirect(303, `/feedback/${token}?done=1`);
    });

  /** @throws Problem 404 when the link opens nothing, or nothing any more */
  async function opened(token: string): Promise<{ dealId: string; feedback: Feedback }> {
    const dealId = await subjectOf(db, 'feedback', token);
    const feedback = dealId && (await findFeedback(db, dealId));
    if (!feedback) throw new Problem(404, 'feedback_link', 'This link is not valid, or not valid any more.');
    return { dealId, feedback };
  }

  /** A second press of the button changes nothing. */
  async function write(dealId: string, words: Parameters<typeof review>[2]): Promise<void> {
    try {
      await transaction(deps, 'review', (tx) => review(tx, dealId, words));
    } catch (error) {
      if (!(error instanceof NotPossible && error.code === 'already_reviewed')) throw error;
    }
  }

  return router;
}

/** The review that a form holds, or what is wrong with it. */
function readReview(typed: Typed, t: Translate) {
  const stars = typedText(typed, 'rating');
  // Browsers send lines with carriage returns.
  const comment = typedText(typed, 'comment').replaceAll('\r\n', '\n');
  const read = readForm(reviewBody, { rating: stars === '' ? undefined : Number(stars), comment }, t);
  if (!read.errors?.rating) return read;
  return { errors: { ...read.errors, rating: t('feedback.rating-missing') } };
}
