import { Router } from 'express';
import { z } from 'zod';
import { changePipeline, removePipeline } from '../../../../life/edit-board.ts';
import type { ApiDeps } from '../../../deps.ts';
import { openPipeline } from '../../../open-pipeline.ts';
import { pathId } from '../../../path-id.ts';
import { notFound } from '../../../problem.ts';
import { newPipelineBody, pipelineChange, pipelineRemoval } from '../../../schemas-partner.ts';
import { viewOf } from '../../context.ts';
import { madeId } from '../../form-key.tsx';
import { nested, readForm, typedIn } from '../../forms.ts';
import { partnerOf } from '../../guard.tsx';
import { changeByForm } from './change.ts';
import { PIPELINES_PATH, pipelinePath } from './paths.ts';
import { refusalOf } from './refusal.ts';
import { showPipeline, showPipelines } from './show.tsx';

const listDone = z.enum(['moved', 'removed']).optional().catch(undefined);
const oneDone = z.enum(['added', 'saved']).optional().catch(undefined);
const positionFields = z.object({
  position: z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number),
});

/** A partner's pipelines: their order, their stages. */
export function pipelinePages(deps: ApiDeps): Router {
  const { db } = deps;
  const router = Router();

  router
    .route(PIPELINES_PATH)
    .get(async (request, response) => {
      await showPipelines(deps, response, { done: listDone.parse(request.query.done) });
    })
    .post(async (request, response) => {
      const typed = typedIn(request.body);
      const read = readForm(newPipelineBody, nested({ name: typed.name }), viewOf(response).t);
      if (read.errors) {
        return showPipelines(deps, response, { adding: { typed, errors: read.errors }, status: 422 });
      }
      const { partnerId } = partnerOf(response);
      const { name } = read.value;
      const id = madeId(typed, 'pipeline', partnerId, name);
      const refused = await refusalOf(async () => {
        await openPipeline(db, partnerId, { id, name });
      });
      if (refused) {
        const { code, status } = refused;
        return showPipelines(deps, response, { adding: { typed, errors: {} }, refused: code, status });
      }
      response.redirect(303, `${pipelinePath(id)}?done=added`);
    });

  router.post(`${PIPELINES_PATH}/:id/position`, async (request, response) => {
    const { partnerId } = partnerOf(response);
    const id = pathId(request.params.id);
    const place = positionFields.safeParse(request.body).data;
    const change = pipelineChange.safeParse(place);
    if (!place || !change.success)
      return showPipelines(deps, response, { refused: 'bad_request', status: 422 });
    const refused = await refusalOf(async () => {
      if (!(await changePipeline(db, partnerId, id, change.data))) throw notFound();
    });
    if (refused) return showPipelines(deps, response, { refused: refused.code, status: refused.status });
    response.redirect(303, `${PIPELINES_PATH}?done=moved`);
  });

  router
    .route(`${PIPELINES_PATH}/:id`)
    .get(async (request, response) => {
      const done = oneDone.parse(request.query.done);
      await showPipeline(deps, response, pathId(request.params.id), { done });
    })
    .post(async (request, response) => {
      const id = pathId(request.params.id);
      const typed = typedIn(request.body);
      const refused = await changeByForm(deps, response, id, typed);
      if (refused) return showPipeline(deps, response, id, refused);
      response.redirect(303, `${pipelinePath(id)}?done=saved`);
    });

  router.post(`${PIPELINES_PATH}/:id/remove`, async (request, response) => {
    const { partnerId } = partnerOf(response);
    const id = pathId(request.params.id);
    const typed = typedIn(request.body);
    const read = readForm(pipelineRemoval, nested({ target: typed.target }), viewOf(response).t);
    const target = read.errors ? undefined : read.value.target;
    const refused = await refusalOf(async () => {
      if (!(await removePipeline(db, partnerId, id, target))) throw notFound();
    });
    if (refused) {
      const { code, status } = refused;
      return showPipeline(deps, response, id, { refusal: { code, place: 'removal' }, status });
    }
    response.redirect(303, `${PIPELINES_PATH}?done=removed`);
  });

  return router;
}
