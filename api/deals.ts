import { type Response, Router } from 'express';
import { z } from 'zod';
import { listDeals } from '../db/deals.ts';
import { transaction } from '../jobs/transaction.ts';
import { moveDeal } from '../life/move-deal.ts';
import { requirePartner } from './credentials.ts';
import { decodeCursor, pageOf } from './cursor.ts';
import type { ApiDeps } from './deps.ts';
import { requireJson } from './json-body.ts';
import { addNote, ownDeal } from './own-deal.ts';
import { pathId } from './path-id.ts';
import { notFound, only, Problem, parse } from './problem.ts';
import { dealPatch, dealsQuery, noteBody } from './schemas.ts';

/** A partner's own deals. Another partner's look as if they did not exist. */
export function dealRoutes(deps: ApiDeps): Router {
  const { db } = deps;
  const router = Router();

  router
    .route('/')
    .get(async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const { stage, pipelineId, limit, cursor } = parse(dealsQuery, request.query);
      const before = decodeCursor(z.uuid(), cursor);
      const rows = await listDeals(db, { partnerId, kind: stage, pipelineId, before, limit: limit + 1 });
      response.json(pageOf(rows, limit, (last) => last.id));
    })
    .all(only('GET', 'HEAD'));

  router
    .route('/:id')
    .get(async (request, response) => {
      const partnerId = await requirePartner(db, request);
      send(response, await ownDeal(db, partnerId, pathId(request.params.id)));
    })
    .patch(requireJson, async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const { stage, stageId, lostReason } = parse(dealPatch, request.body);
      const to = stageId === undefined ? { kind: stage ?? 'in_progress' } : { stageId };
      const order = { to, lostReason, version: ifMatch(request.get('if-match')) };
      const id = pathId(request.params.id);
      if (!(await transaction(deps, 'deal move', (tx) => moveDeal(tx, partnerId, id, order))))
        throw notFound();
      send(response, await ownDeal(db, partnerId, id));
    })
    .all(only('GET', 'HEAD', 'PATCH'));

  router
    .route('/:id/notes')
    .post(requireJson, async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const { text } = parse(noteBody, request.body);
      const id = pathId(request.params.id);
      await addNote(db.writing('deal note'), partnerId, id, text);
      response.status(201).json(await ownDeal(db, partnerId, id));
    })
    .all(only('POST'));

  return router;
}

function send(response: Response, deal: Awaited<ReturnType<typeof ownDeal>>): void {
  response.set('ETag', `"${deal.version}"`).json(deal);
}

/** The version that the partner saw: `If-Match: "3"`. None, or `*`: whatever it is. */
function ifMatch(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const [, version] = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header) ?? [];
  if (version === undefined)
    throw new Problem(400, 'bad_if_match', 'If-Match takes the version of the deal, such as "3".');
  return Number(version);
}
