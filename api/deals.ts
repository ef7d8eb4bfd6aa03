import { Router } from 'express';
import { z } from 'zod';
import { findDeal, listDeals } from '../db/deals.ts';
import { requirePartner } from './credentials.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ApiDeps } from './deps.ts';
import { notFound, only, parse } from './problem.ts';
import { dealsQuery } from './schemas.ts';

/** A partner's own deals. Another partner's look as if they did not exist. */
export function dealRoutes({ db }: ApiDeps): Router {
  const router = Router();

  router
    .route('/')
    .get(async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const { stage, pipelineId, limit, cursor } = parse(dealsQuery, request.query);
      const before = decodeCursor(z.uuid(), cursor);
      const rows = await listDeals(db, { partnerId, kind: stage, pipelineId, before, limit: limit + 1 });
      const data = rows.slice(0, limit);
      const last = rows.length > limit ? data.at(-1) : undefined;
      response.json({ data, page: { nextCursor: last ? encodeCursor(last.id) : null } });
    })
    .all(only('GET', 'HEAD'));

  router
    .route('/:id')
    .get(async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const { id } = request.params;
      const deal = z.uuid().safeParse(id).success ? await findDeal(db, partnerId, id) : undefined;
      if (!deal) throw notFound();
      response.json(deal);
    })
    .all(only('GET', 'HEAD'));

  return router;
}
