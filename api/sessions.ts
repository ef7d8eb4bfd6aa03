import { Router } from 'express';
import { endSession, startSession } from '../db/sessions.ts';
import { bearer } from './credentials.ts';
import type { LimitedDeps } from './deps.ts';
import { requireJson } from './json-body.ts';
import { only, Problem, parse } from './problem.ts';
import { promiseSignIn } from './promise-sign-in.ts';
import { sessionBody, signInBody } from './schemas-sessions.ts';
import { deviceOf } from './user-agent.ts';

/** Signing in with a link from a mail, and out again, for partners and administrators. */
export function sessionRoutes(deps: LimitedDeps): Router {
  const { db } = deps;
  const router = Router();

  router
    .route('/sign-in')
    .post(requireJson, (request, response) => {
      const { email } = parse(signInBody, request.body);
      // Answered before anything is looked up: the time says no more than the words do.
      response.status(202).json({ status: 'accepted' });
      promiseSignIn(deps, email);
    })
    .all(only('POST'));

  router
    .route('/sessions')
    .post(requireJson, async (request, response) => {
      const { token } = parse(sessionBody, request.body);
      const session = await db.transaction('session start', (sql) =>
        startSession(sql, token, deviceOf(request)),
      );
      if (!session)
        throw new Problem(401, 'bad_token', 'This link was used already, or is too old. Ask for a new one.');
      response.status(201).set('Cache-Control', 'no-store').json(session);
    })
    .delete(async (request, response) => {
      await endSession(db.writing('session end'), bearer(request));
      response.status(204).end();
    })
    .all(only('POST', 'DELETE'));

  return router;
}
