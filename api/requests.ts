import { Router } from 'express';
import { z } from 'zod';
import { matchesOf } from '../db/matches.ts';
import { findRequest } from '../db/requests.ts';
import { reasonWords } from '../locales/reason-words.ts';
import { requireRequestToken } from './credentials.ts';
import type { ApiDeps } from './deps.ts';
import { takeIn } from './intake.ts';
import { requireJson } from './json-body.ts';
import { localeOf } from './locale.ts';
import { notFound, only, Problem, parse } from './problem.ts';
import { requestBody } from './schemas.ts';

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
      const found = z.uuid().safeParse(id).success ? await findRequest(db, id) : undefined;
      if (!found) throw notFound();
      const matches = await matchesOf(db, id);
      const { mode, status, locale, answerDueAt, createdAt } = found;
      response.json({
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
      });
    })
    .all(only('GET', 'HEAD'));

  return router;
}

function idempotencyKey(header: string | undefined): string | undefined {
  if (header !== undefined && (header.length < 1 || header.length > 255)) {
    throw new Problem(400, 'bad_idempotency_key', 'An Idempotency-Key has 1 to 255 characters.');
  }
  return header;
}
