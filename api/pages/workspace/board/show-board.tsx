import type { Response } from 'express';
import type { ApiDeps } from '../../../deps.ts';
import { viewOf } from '../../context.ts';
import { partnerOf } from '../../guard.tsx';
import { show } from '../../show.tsx';
import { EmptyBoardPage } from './empty-page.tsx';
import { loadBoard } from './load.ts';
import type { Occasion } from './news.ts';
import { BoardPage, type Refusal } from './page.tsx';
import { boardPath } from './paths.ts';

interface Shown {
  /** The first one when left out. */
  pipelineId?: string | undefined;
  occasion?: Occasion;
  refusal?: Refusal;
  status?: number;
}

/** Answers with a board as it stands now. */
export async function showBoard(
  { db, config }: ApiDeps,
  response: Response,
  { pipelineId, occasion = {}, refusal, status = 200 }: Shown,
): Promise<void> {
  const loaded = await loadBoard(db, partnerOf(response).partnerId, pipelineId);
  if (!loaded) return show(response, <EmptyBoardPage pipelineName={config.leadsPipelineName} />, status);
  viewOf(response).path = boardPath(loaded.board.id);
  show(response, <BoardPage loaded={loaded} occasion={occasion} refusal={refusal} />, status);
}
