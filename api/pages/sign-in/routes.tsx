import { Router } from 'express';
import { subjectOf } from '../../../db/access-tokens.ts';
import { endSession, startSession } from '../../../db/sessions.ts';
import type { LimitedDeps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import { promiseSignIn } from '../../promise-sign-in.ts';
import { signInBody } from '../../schemas-sessions.ts';
import { deviceOf } from '../../user-agent.ts';
import { viewOf } from '../context.ts';
import { cookieOf, cookieOptions, HOME, nextCookie, nextPath, sessionCookie } from '../cookies.ts';
import { EMPTY_FORM, readForm, typedIn } from '../forms.ts';
import { neverKept } from '../headers.ts';
import { show } from '../show.tsx';
import { AskPage, ConfirmPage, SentPage } from './pages.tsx';

/** Signing in with a link from a mail, and out again. */
export function signInPages(deps: LimitedDeps): Router {
  const { db, config } = deps;
  const router = Router();
  router.use(['/sign-in', '/sign-out'], neverKept);

  router
    .route('/sign-in')
    .get((_request, response) => {
      const { viewer } = viewOf(response);
      if (viewer) return response.redirect(303, HOME[viewer.role]);
      show(response, <AskPage form={EMPTY_FORM} />);
    })
    .post((request, response) => {
      const typed = typedIn(request.body);
      const read = readForm(signInBody, typed, viewOf(response).t);
      if (read.errors) return show(response, <AskPage form={{ typed, errors: read.errors }} />, 422);
      // Answered before anything is looked up: the time says no more than the words do.
      response.redirect(303, '/sign-in/sent');
      promiseSignIn(deps, read.value.email);
    });

  router.get('/sign-in/sent', (_request, response) => show(response, <SentPage />));

  router
    .route('/sign-in/:token')
    .get(async (request, response) => {
      if (!(await subjectOf(db, 'sign-in', request.params.token))) throw usedUp();
      show(response, <ConfirmPage />);
    })
    .post(async (request, response) => {
      const { token } = request.params;
      const session = await db.transaction('session start', (sql) =>
        startSession(sql, token, deviceOf(request)),
      );
      if (!session) throw usedUp();
      const old = cookieOf(request, sessionCookie(config));
      if (old) await endSession(db.writing('session end'), old);
      const options = cookieOptions(config);
      response.cookie(sessionCookie(config), session.token, { ...options, expires: session.expiresAt });
      response.clearCookie(nextCookie(config), options);
      response.redirect(
        303,
        nextPath(cookieOf(request, nextCookie(config)), session.role) ?? HOME[session.role],
      );
    });

  router.post('/sign-out', async (request, response) => {
    const session = cookieOf(request, sessionCookie(config));
    if (session) await endSession(db.writing('session end'), session);
    response.clearCookie(sessionCookie(config), cookieOptions(config));
    response.redirect(303, '/');
  });

  return router;
}

const usedUp = () => new Problem(404, 'bad_token', 'This link was used already, or is too old.');
