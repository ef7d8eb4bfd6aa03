import { Router } from 'express';
import { findBoard, listBoards } from '../db/boards.ts';
import { changePipeline, removePipeline } from '../life/edit-board.ts';
import { BadReference } from '../life/edit-board-plan.ts';
import { requirePartner } from './credentials.ts';
import type { ApiDeps } from './deps.ts';
import { requireJson } from './json-body.ts';
import { openPipeline } from './open-pipeline.ts';
import { pathId } from './path-id.ts';
import { notFound, only, Problem, parse } from './problem.ts';
import { newPipelineBody, pipelineChange, pipelineRemoval } from './schemas-partner.ts';

/** A partner's boards: its pipelines with their stages. Another partner's look as if they did not exist. */
export function pipelineRoutes({ db }: ApiDeps): Router {
  const router = Router();

  router
    .route('/')
    .get(async (request, response) => {
      const partnerId = await requirePartner(db, request);
      response.json({ data: await listBoards(db, partnerId) });
    })
    .post(requireJson, async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const id = await openPipeline(db, partnerId, parse(newPipelineBody, request.body));
      response
        .status(201)
        .location(`/api/v1/pipelines/${id}`)
        .json(await findBoard(db, partnerId, id));
    })
    .all(only('GET', 'HEAD', 'POST'));

  router
    .route('/:id')
    .get(async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const board = await findBoard(db, partnerId, pathId(request.params.id));
      if (!board) throw notFound();
      response.json(board);
    })
    .patch(requireJson, async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const id = pathId(request.params.id);
      const change = parse(pipelineChange, request.body);
      if (!(await referring(changePipeline(db, partnerId, id, change)))) throw notFound();
      const board = await findBoard(db, partnerId, id);
      if (!board) throw notFound();
      response.json(board);
    })
    .delete(async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const { target } = parse(pipelineRemoval, request.query);
      if (!(await referring(removePipeline(db, partnerId, pathId(request.params.id), target))))
        throw notFound();
      response.status(204).end();
    })
    .all(only('GET', 'HEAD', 'PATCH', 'DELETE'));

  return router;
}

/** Ids in a body or query that name nothing are 422, as any other wrong field is. */
async function referring<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof BadReference)) throw error;
    const { pointer, code, message: detail } = error;
    throw new Problem(422, 'invalid', 'Some fields are missing or wrong; see errors.', [
      { pointer, code, detail },
    ]);
  }
}
