import type { Response } from 'express';
import { listBoards } from '../../../../db/boards.ts';
import type { ApiDeps } from '../../../deps.ts';
import { notFound, Problem } from '../../../problem.ts';
import { viewOf } from '../../context.ts';
import { EMPTY_FORM, type FormState } from '../../forms.ts';
import { partnerOf } from '../../guard.tsx';
import { problemKey } from '../../problem-page.tsx';
import { show } from '../../show.tsx';
import { EditPage } from './edit-page.tsx';
import { ListPage } from './list-page.tsx';
import { PIPELINES_PATH, pipelinePath } from './paths.ts';

/** The page of a pipeline, and why it is shown again. */
export interface ShownPipeline {
  form?: FormState;
  /** What was refused, and where on the page: at the form, at the removal of the pipeline, or of this stage. */
  refusal?: { code: string; place: string };
  done?: 'added' | 'saved' | undefined;
  status?: number;
}

/** Answers with the page of one pipeline as it stands now. */
export async function showPipeline(
  { db, config }: ApiDeps,
  response: Response,
  id: string,
  { form, refusal, done, status = 200 }: ShownPipeline,
): Promise<void> {
  const boards = await listBoards(db, partnerOf(response).partnerId);
  const board = boards.find((each) => each.id === id);
  if (!board) throw notFound();
  const view = viewOf(response);
  view.path = pipelinePath(id);
  const { code = '', place } = refusal ?? {};
  const refused = place && { place, words: view.t(problemKey(new Problem(409, code, ''))) };
  show(
    response,
    <EditPage
      boards={boards}
      board={board}
      form={form}
      refused={refused || undefined}
      done={done}
      leadsName={config.leadsPipelineName}
    />,
    status,
  );
}

interface ShownList {
  adding?: FormState;
  refused?: string;
  done?: 'moved' | 'removed' | undefined;
  status?: number;
}

/** Answers with the list of pipelines. */
export async function showPipelines(
  { db, config }: ApiDeps,
  response: Response,
  { adding = EMPTY_FORM, refused, done, status = 200 }: ShownList,
): Promise<void> {
  const boards = await listBoards(db, partnerOf(response).partnerId);
  const view = viewOf(response);
  view.path = PIPELINES_PATH;
  const words = refused && view.t(problemKey(new Problem(409, refused, '')));
  show(
    response,
    <ListPage
      boards={boards}
      adding={adding}
      refused={words}
      done={done}
      leadsName={config.leadsPipelineName}
    />,
    status,
  );
}
