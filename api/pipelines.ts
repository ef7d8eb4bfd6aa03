import { Router } from 'express';
import { z } from 'zod';
import { findBoard, listBoards } from '../db/boards.ts';
import { findProfile } from '../db/profiles.ts';
import type { Locale } from '../domain/catalog.ts';
import { addPipeline, changePipeline, removePipeline } from '../life/edit-board.ts';
import { BadReference } from '../life/edit-board-plan.ts';
import { translator } from '../locales/translator.ts';
import { requirePartner } from './credentials.ts';
import type { ApiDeps } from './deps.ts';
import { requireJson } from './json-body.ts';
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
      const { name, stages } = parse(newPipelineBody, request.body);
      const { locale = 'en' } = (await findProfile(db, partnerId)) ?? {};
      const id = await addPipeline(db, partnerId, { name, stages: stages ?? standardStages(locale) });
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
      const board = await findBoard(db, partnerId, idOf(request.params.id));
      if (!board) throw notFound();
      response.json(board);
    })
    .patch(requireJson, async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const id = idOf(request.params.id);
      const change = parse(pipelineChange, request.body);
      if (!(await referring(changePipeline(db, partnerId, id, change)))) throw notFound();
      const board = await findBoard(db, partnerId, id);
      if (!board) throw notFound();
      response.json(board);
    })
    .delete(async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const { target } = parse(pipelineRemoval, request.query);
      if (!(await referring(removePipeline(db, partnerId, idOf(request.params.id), target))))
        throw notFound();
      response.status(204).end();
    })
    .all(only('GET', 'HEAD', 'PATCH', 'DELETE'));

  return router;
}

/** @throws Problem 404 when it is no id at all */
function idOf(text: string): string {
  const { data } = z.uuid().safeParse(text);
  if (!data) throw notFound();
  return data.toLowerCase();
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

/** The stages of a pipeline that names none, in its partner's language. */
function standardStages(locale: Locale) {
  const t = translator(locale);
  const kinds = ['new', 'in_progress', 'won', 'lost'] as const;
  return kinds.map((kind) => ({ kind, name: t(`stage.${kind}`) }));
}
