import { Router } from 'express';
import { z } from 'zod';
import { matchesOf } from '../db/matches.ts';
import { findRequest } from '../db/requests.ts';
import { LOCALES, type Locale } from '../domain/catalog.ts';
import { reasonWords } from '../locales/reason-words.ts';
import { requireRequestToken } from './credentials.ts';
import type { ApiDeps } from './deps.ts';
import { takeIn } from './intake.ts';
import { notFound, Problem, parse } from './problem.ts';
import { requestBody } from './schemas.ts';

/** What a client does: ask for help, and see what came of it. */
export function requestRoutes(deps: ApiDeps): Router {
  const { db, config } = deps;
  const router = Router();

  router.post('/', async (request, response) => {
    if (request.body === undefined)
      throw new Problem(415, 'unsupported_media_type', 'Send the request as application/json.');
    const body = parse(requestBody, request.body);
    const locale = (request.acceptsLanguages(...LOCALES) || 'en') as Locale;
    const { id, mode, accessToken } = await takeIn(
      deps,
      body,
      locale,
      idempotencyKey(request.get('idempotency-key')),
    );
    response
      .status(202)
      .location(`/api/v1/requests/${id}`)
      .set('Cache-Control', 'no-store')
      .json({
        id,
        mode,
        status: 'received',
        accessToken,
        trackingUrl: `${config.publicUrl}/requests/${id}/${accessToken}`,
      });
  });

  router.get('/:id', async (request, response) => {
    const { id } = request.params;
    await requireRequestToken(db, request, id);
    const found = z.uuid().safeParse(id).success ? await findRequest(db, id) : undefined;
    if (!found) throw notFound();
    const matches = await matchesOf(db, id);
    const { mode, status, locale, answerDueAt, createdAt } = found;
    response.set('Cache-Control', 'no-store').json({
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
  });

  return router;
}

function idempotencyKey(header: string | undefined): string | undefined {
  if (header !== undefined && (header.length < 1 || header.length > 255)) {
    throw new Problem(400, 'bad_idempotency_key', 'An Idempotency-Key has 1 to 255 characters.');
  }
  return header;
}
