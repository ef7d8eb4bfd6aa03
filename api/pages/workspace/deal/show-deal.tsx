import type { Response } from 'express';
import { findBoard } from '../../../../db/boards.ts';
import type { Sql } from '../../../../db/connect.ts';
import { backgroundOf } from '../../../../db/deal-background.ts';
import type { ApiDeps } from '../../../deps.ts';
import { ownDeal } from '../../../own-deal.ts';
import { notFound } from '../../../problem.ts';
import { viewOf } from '../../context.ts';
import { EMPTY_FORM, type FormState } from '../../forms.ts';
import { partnerOf } from '../../guard.tsx';
import { show } from '../../show.tsx';
import type { Refusal } from '../board/page.tsx';
import { dealPath } from '../board/paths.ts';
import { DealPage, type LoadedDeal } from './page.tsx';

interface Shown {
  note?: FormState;
  done?: 'moved' | 'noted' | undefined;
  refusal?: Refusal;
  status?: number;
}

/** Answers with a deal as it stands now. */
export async function showDeal(
  { db }: ApiDeps,
  response: Response,
  id: string,
  { note = EMPTY_FORM, done, refusal, status = 200 }: Shown = {},
): Promise<void> {
  const loaded = await loadDeal(db, partnerOf(response).partnerId, id);
  viewOf(response).path = dealPath(id);
  show(response, <DealPage loaded={loaded} note={note} done={done} refusal={refusal} />, status);
}

async function loadDeal(sql: Sql, partnerId: string, id: string): Promise<LoadedDeal> {
  const deal = await ownDeal(sql, partnerId, id);
  const background = await backgroundOf(sql, id);
  if (!background) throw notFound();
  return { deal, background, board: await findBoard(sql, partnerId, deal.pipeline.id) };
}
