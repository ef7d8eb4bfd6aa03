import { Router } from 'express';
import { z } from 'zod';
import { listBoards } from '../../../../db/boards.ts';
import { boardState } from '../../../../db/deal-cards.ts';
import type { ApiDeps } from '../../../deps.ts';
import { pathId } from '../../../path-id.ts';
import { notFound } from '../../../problem.ts';
import { partnerOf } from '../../guard.tsx';
import { NO_BOARD } from './load.ts';
import { showBoard } from './show-board.tsx';

/** What the address of a board may say; anything odd counts as left out. */
const occasionQuery = z.object({
  after: z
    .union([z.uuid(), z.literal('')])
    .optional()
    .catch(undefined),
  moved: z.uuid().optional().catch(undefined),
});

/** The board of deals, and what tells its page that it is not up to date any more. */
export function boardPages(deps: ApiDeps): Router {
  const router = Router();

  router.get('/workspace/board', async (request, response) => {
    const pipelineId = pipelineIn(request.query.pipeline);
    await showBoard(deps, response, { pipelineId, occasion: occasionQuery.parse(request.query) });
  });

  router.get('/workspace/board/state', async (request, response) => {
    const { partnerId } = partnerOf(response);
    const asked = pipelineIn(request.query.pipeline);
    const id = asked ?? (await listBoards(deps.db, partnerId))[0]?.id;
    const state = id && (await boardState(deps.db, partnerId, id));
    if (asked && !state) throw notFound();
    response.json({ version: state ? state.version : NO_BOARD });
  });

  return router;
}

/** @throws Problem 404 */
function pipelineIn(query: unknown): string | undefined {
  return query === undefined || query === '' ? undefined : pathId(String(query));
}
