import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { findCandidates } from '../db/candidates.ts';
import type { Sql } from '../db/connect.ts';
import { matchesOf, pastOf } from '../db/matches.ts';
import { partnersByIds } from '../db/partners-by-ids.ts';
import { findRequest, searchOf } from '../db/requests.ts';
import { type Tx, transaction } from '../jobs/transaction.ts';
import { cancel } from '../life/cancel.ts';
import { choose } from '../life/choose.ts';
import { forward } from '../life/forward.ts';
import { widen } from '../life/widen.ts';
import { reasonWords } from '../locales/reason-words.ts';
import { requireRequestToken } from './credentials.ts';
import type { ApiDeps } from './deps.ts';
import { takeIn } from './intake.ts';
import { requireJson } from './json-body.ts';
import { localeOf } from './locale.ts';
import { partnerJson } from './partner-json.ts';
import { notFound, only, Problem, parse } from './problem.ts';
import { criteriaPatch, partnerBody, requestBody } from './schemas.ts';

/** What a client does: ask for help, and see what came of it. */
export function requestRoutes(deps: ApiDeps): Router {
  const { db, config } = deps;
  const router = Router();

  router
    .route('/')
    .post(requireJson, async (request, response) => {
      const body = parse(requestBody, request.body);
      const { id, mode, accessToken } = await takeIn(
        deps,
        body,
        localeOf(request),
        idempotencyKey(request.get('idempotency-key')),
      );
      response
        .status(202)
        .location(`/api/v1/requests/${id}`)
        .json({
          id,
          mode,
          status: 'received',
          accessToken,
          trackingUrl: `${config.publicUrl}/requests/${id}/${accessToken}`,
        });
    })
    .all(only('POST'));

  router
    .route('/:id')
    .get(async (request, response) => {
      const { id } = request.params;
      await requireRequestToken(db, request, id);
      response.json(await view(db, id));
    })
    .all(only('GET', 'HEAD'));

  const act = (path: string, method: 'post' | 'patch', status: number, run: Act) => {
    const route = router.route(path);
    const handler: RequestHandler<{ id: string }> = async (request, response) => {
      const { id } = request.params;
      await requireRequestToken(db, request, id);
      await transaction(deps, (tx) => run(tx, id, request.body));
      response.status(status).json(await view(db, id));
    };
    if (method === 'post') route.post(handler);
    else route.patch(handler);
    route.all(only(method.toUpperCase()));
  };

  router
    .route('/:id/suggestions')
    .get(async (request, response) => {
      const { id } = request.params;
      await requireRequestToken(db, request, id);
      const search = await searchOf(db, id);
      if (!search) throw notFound();
      const [past] = await pastOf(db, [id]);
      const found = await findCandidates(db, [{ ...search, requestId: id, asked: past?.asked ?? [] }]);
      const partners = await partnersByIds(
        db,
        found.map((candidate) => candidate.id),
      );
      response.json({ data: partners.map(partnerJson) });
    })
    .all(only('GET', 'HEAD'));

  act('/:id/choice', 'post', 200, (tx, id, body) => choose(tx, id, parse(partnerBody, body).partnerId));
  act('/:id/forward', 'post', 202, (tx, id, body) => {
    return forward(tx, id, parse(partnerBody, body).partnerId, config.answerWindowMs);
  });
  act('/:id/criteria', 'patch', 202, (tx, id, body) => widen(tx, id, parse(criteriaPatch, body)));
  act('/:id/cancel', 'post', 200, (tx, id) => cancel(tx, id));

  return router;
}

type Act = (tx: Tx, id: string, body: unknown) => Promise<void>;

/** A request as its client sees it, reasons in its language. */
async function view(sql: Sql, id: string) {
  const found = z.uuid().safeParse(id).success ? await findRequest(sql, id) : undefined;
  if (!found) throw notFound();
  const matches = await matchesOf(sql, id);
  const { mode, status, locale, answerDueAt, createdAt } = found;
  return {
    id: found.id,
    mode,
    status,
    answerDueAt,
    createdAt,
    matches: matches.map((match) => ({
      partner: match.partner,
      status: match.status,
      reasons: match.reasons.map((reason) => reasonWords(locale, reason)),
      answeredAt: match.answeredAt,
    })),
  };
}

function idempotencyKey(header: string | undefined): string | undefined {
  if (header !== undefined && (header.length < 1 || header.length > 255)) {
    throw new Problem(400, 'bad_idempotency_key', 'An Idempotency-Key has 1 to 255 characters.');
  }
  return header;
}
