import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { Sql } from '../db/connect.ts';
import { type Tx, transaction } from '../jobs/transaction.ts';
import { cancel } from '../life/cancel.ts';
import { choose } from '../life/choose.ts';
import { forward } from '../life/forward.ts';
import { widen } from '../life/widen.ts';
import { reasonWords } from '../locales/reason-words.ts';
import { requireRequestToken } from './credentials.ts';
import type { IntakeDeps } from './deps.ts';
import { requireJson } from './json-body.ts';
import { countRequest } from './limit-requests.ts';
import { localeOf } from './locale.ts';
import { partnerJson } from './partner-json.ts';
import { only, Problem, parse } from './problem.ts';
import { readRequest, suggestionsFor } from './request-view.ts';
import { criteriaPatch, partnerBody, requestBody } from './schemas.ts';

/** What a client does: ask for help, and see what came of it. */
export function requestRoutes(deps: IntakeDeps): Router {
  const { db, config } = deps;
  const router = Router();

  router
    .route('/')
    .post(requireJson, async (request, response) => {
      const body = parse(requestBody, request.body);
      await countRequest(deps, body.client.email);
      const { id, mode, accessToken } = await deps.takeIn({
        body,
        locale: localeOf(request),
        key: idempotencyKey(request.get('idempotency-key')),
      });
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

  /** Something that the client does to its request; the answer is the request as it stands then. */
  const act = <Schema extends z.ZodType>(path: string, deed: Deed<Schema>) => {
    const handler: RequestHandler<{ id: string }> = async (request, response) => {
      const { id } = request.params;
      await requireRequestToken(db, request, id);
      const body = parse(deed.body, request.body);
      await transaction(deps, 'client act', (tx) => deed.run(tx, id, body));
      response.status(deed.status).json(await view(db, id));
    };
    const needsBody = deed.body instanceof z.ZodObject;
    router
      .route(path)
      [deed.method](...(needsBody ? [requireJson as RequestHandler<{ id: string }>] : []), handler)
      .all(only(deed.method.toUpperCase()));
  };

  router
    .route('/:id/suggestions')
    .get(async (request, response) => {
      const { id } = request.params;
      await requireRequestToken(db, request, id);
      const { request: asked } = await readRequest(db, id);
      const partners = await suggestionsFor(db, id, asked.criteria);
      response.json({ data: partners.map(partnerJson) });
    })
    .all(only('GET', 'HEAD'));

  act('/:id/choice', {
    method: 'post',
    status: 200,
    body: partnerBody,
    run: (tx, id, { partnerId }) => choose(tx, id, partnerId),
  });
  act('/:id/forward', {
    method: 'post',
    status: 202,
    body: partnerBody,
    run: (tx, id, { partnerId }) => forward(tx, id, partnerId, config.answerWindowMs),
  });
  act('/:id/criteria', { method: 'patch', status: 202, body: criteriaPatch, run: widen });
  act('/:id/cancel', { method: 'post', status: 200, body: z.unknown(), run: (tx, id) => cancel(tx, id) });

  return router;
}

interface Deed<Schema extends z.ZodType> {
  method: 'post' | 'patch';
  status: number;
  /** The shape of its body; anything where it needs none. */
  body: Schema;
  run(tx: Tx, id: string, body: z.infer<Schema>): Promise<void>;
}

/** A request as its client sees it, reasons in its language. */
async function view(sql: Sql, id: string) {
  const { request, matches } = await readRequest(sql, id);
  const { mode, status, client, answerWindow, createdAt } = request;
  return {
    id: request.id,
    mode,
    status,
    answerDueAt: answerWindow.dueAt,
    createdAt,
    matches: matches.map((match) => ({
      partner: match.partner,
      status: match.status,
      reasons: match.reasons.map((reason) => reasonWords(client.locale, reason)),
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
