import { Router } from 'express';
import { z } from 'zod';
import { listBoards } from '../../../../db/boards.ts';
import { findDeal, listDeals } from '../../../../db/deals.ts';
import { decodeCursor, pageOf } from '../../../cursor.ts';
import type { ApiDeps } from '../../../deps.ts';
import { addNote } from '../../../own-deal.ts';
import { pathId } from '../../../path-id.ts';
import { notFound, parse } from '../../../problem.ts';
import { noteBody, pageQuery } from '../../../schemas.ts';
import { viewOf } from '../../context.ts';
import { madeId } from '../../form-key.tsx';
import { nested, readForm, typedIn, typedText } from '../../forms.ts';
import { partnerOf } from '../../guard.tsx';
import { show } from '../../show.tsx';
import { boardPath, dealPath } from '../board/paths.ts';
import { showBoard } from '../board/show-board.tsx';
import { DealListPage } from './list-page.tsx';
import { moveByForm } from './move.ts';
import { showDeal } from './show-deal.tsx';

const PER_PAGE = 50;
const doneCode = z.enum(['moved', 'noted']).optional().catch(undefined);

/** A partner's deals one by one: looking, moving, taking notes; and all deals of a stage. */
export function dealPages(deps: ApiDeps): Router {
  const { db } = deps;
  const router = Router();

  router.get('/workspace/deals', async (request, response) => {
    const { partnerId } = partnerOf(response);
    const stageId = pathId(String(request.query.stage));
    const board = (await listBoards(db, partnerId)).find(({ stages }) =>
      stages.some(({ id }) => id === stageId),
    );
    const stage = board?.stages.find(({ id }) => id === stageId);
    if (!board || !stage) throw notFound();
    const { cursor } = parse(pageQuery, { cursor: request.query.cursor });
    const before = decodeCursor(z.uuid(), cursor);
    const rows = await listDeals(db, { partnerId, stageId, before, limit: PER_PAGE + 1 });
    const found = pageOf(rows, PER_PAGE, (last) => last.id);
    show(response, <DealListPage stage={stage} pipeline={board} found={found} />);
  });

  router.get('/workspace/deals/:id', async (request, response) => {
    const done = doneCode.parse(request.query.done);
    await showDeal(deps, response, pathId(request.params.id), { done });
  });

  router.post('/workspace/deals/:id/move', async (request, response) => {
    const { partnerId } = partnerOf(response);
    const id = pathId(request.params.id);
    const typed = typedIn(request.body);
    const refused = await moveByForm(deps, response, { id, partnerId }, typed);
    const toDeal = typedText(typed, 'back') === 'deal';
    if (refused && toDeal) return showDeal(deps, response, id, refused);
    const deal = await findDeal(db, partnerId, id);
    if (!deal) throw notFound();
    if (refused) return showBoard(deps, response, { pipelineId: deal.pipeline.id, ...refused });
    response.redirect(
      303,
      toDeal ? `${dealPath(id)}?done=moved` : `${boardPath(deal.pipeline.id)}&moved=${id}#deal-${id}`,
    );
  });

  router.post('/workspace/deals/:id/notes', async (request, response) => {
    const id = pathId(request.params.id);
    const typed = typedIn(request.body);
    const read = readForm(noteBody, nested({ text: typed.text }), viewOf(response).t);
    if (read.errors) {
      const note = { typed, errors: read.errors };
      return showDeal(deps, response, id, { note, status: 422 });
    }
    const { partnerId } = partnerOf(response);
    const { text } = read.value;
    await addNote(db.writing('deal note'), partnerId, id, text, madeId(typed, 'note', id, text));
    response.redirect(303, `${dealPath(id)}?done=noted`);
  });

  return router;
}
