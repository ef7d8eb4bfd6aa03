import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { requestVersion } from '../../../db/request-version.ts';
import { type Tx, transaction } from '../../../jobs/transaction.ts';
import { cancel } from '../../../life/cancel.ts';
import { choose } from '../../../life/choose.ts';
import { forward } from '../../../life/forward.ts';
import { NotPossible } from '../../../life/not-possible.ts';
import { widen } from '../../../life/widen.ts';
import type { ApiDeps } from '../../deps.ts';
import { openRequest } from '../../open-request.ts';
import { parse, toProblem } from '../../problem.ts';
import { criteriaPatch, partnerBody } from '../../schemas.ts';
import { viewOf } from '../context.ts';
import { nested, typedIn } from '../forms.ts';
import { neverKept, notIndexed } from '../headers.ts';
import { problemKey } from '../problem-page.tsx';
import { show } from '../show.tsx';
import { DONE, TrackingPage } from './page.tsx';
import { readTracked } from './read.ts';

type Params = { id: string; token: string };

const PAGE = '/requests/:id/:token';

/** What a form without a word about a wish says of it: anything will do. */
const NO_WISHES = { country: null, language: null, partnerType: null, tier: null };

/** The client's page of its request, for whoever has the link. */
export function trackingPages(deps: ApiDeps): Router {
  const { db, config } = deps;
  const router = Router();

  router.use(PAGE, neverKept, notIndexed, async (request: Request<Params>, response, next) => {
    if (!z.uuid().safeParse(request.params.id).success) return next('router');
    response.locals.byMail = await openRequest(db, request, request.params);
    next();
  });

  router.get(PAGE, async (request, response) => {
    const { query } = request;
    const tracked = await readTracked(db, request.params.id, query);
    const { byMail } = response.locals;
    const done = DONE.find((each) => each === query.done);
    const page = pageOf(request.params);
    const isNew = query.new === '1';
    show(response, <TrackingPage {...{ tracked, page, byMail, isNew, done }} />);
  });

  router.get(`${PAGE}/state`, async (request: Request<Params>, response) => {
    response.json({ version: await requestVersion(db, request.params.id) });
  });

  /** Something that the client does. What is refused shows the page as it is now, and says why. */
  const act = (deed: string, done: (typeof DONE)[number], run: Deed) => {
    const handler: RequestHandler<Params> = async (request, response) => {
      const page = pageOf(request.params);
      const work = run(request.params.id, request.body);
      try {
        await transaction(deps, 'client act', work);
      } catch (error) {
        if (!(error instanceof NotPossible)) throw error;
        return refuse(request, response, error);
      }
      response.redirect(303, `${page}?done=${done}`);
    };
    router
      .route(`${PAGE}/${deed}`)
      // Whoever reloads or shares the address of what was refused comes to the page.
      .get((request: Request<Params>, response) => response.redirect(303, pageOf(request.params)))
      .post(handler);
  };

  async function refuse(request: Request<Params>, response: Response, error: NotPossible): Promise<void> {
    const page = pageOf(request.params);
    viewOf(response).path = page;
    const tracked = await readTracked(db, request.params.id, {});
    const problem = toProblem(error);
    const refused = problemKey(problem);
    const { byMail } = response.locals;
    show(response, <TrackingPage {...{ tracked, page, byMail, refused }} />, problem.status);
  }

  // Pressing it with the link from the mail is all that it takes (open-request.ts).
  router
    .route(`${PAGE}/confirm`)
    .get((request: Request<Params>, response) => response.redirect(303, pageOf(request.params)))
    .post((request: Request<Params>, response) => {
      response.redirect(303, `${pageOf(request.params)}${response.locals.byMail ? '?done=confirmed' : ''}`);
    });

  act('choice', 'chosen', (id, body) => {
    const { partnerId } = parse(partnerBody, typedIn(body));
    return (tx) => choose(tx, id, partnerId);
  });
  act('forward', 'forwarded', (id, body) => {
    const { partnerId } = parse(partnerBody, typedIn(body));
    return (tx) => forward(tx, id, partnerId, config.answerWindowMs);
  });
  act('criteria', 'widened', (id, body) => {
    const wishes = parse(criteriaPatch, { ...NO_WISHES, ...nested(typedIn(body), ['services']) });
    return (tx) => widen(tx, id, wishes);
  });
  act('cancel', 'cancelled', (id) => (tx) => cancel(tx, id));

  return router;
}

/** Reads the form, and says what is then to be done. */
type Deed = (id: string, body: unknown) => (tx: Tx) => Promise<void>;

function pageOf({ id, token }: Params): string {
  return `/requests/${id}/${token}`;
}
