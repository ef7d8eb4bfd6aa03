import type { Response } from 'express';
import { z } from 'zod';
import { findBoard } from '../../../../db/boards.ts';
import { type DealView, findDeal } from '../../../../db/deals.ts';
import { transaction } from '../../../../jobs/transaction.ts';
import { moveDeal, StaleVersion } from '../../../../life/move-deal.ts';
import { NotPossible } from '../../../../life/not-possible.ts';
import type { ApiDeps } from '../../../deps.ts';
import { notFound, toProblem } from '../../../problem.ts';
import { dealPatch } from '../../../schemas.ts';
import { viewOf } from '../../context.ts';
import { nested, readForm, type Typed } from '../../forms.ts';
import { problemKey } from '../../problem-page.tsx';
import type { Refusal } from '../board/page.tsx';
import { targetsOf } from './targets.ts';

/** The fields of a form that moves a deal. */
const moveFields = z.object({
  stageId: z.uuid().toLowerCase(),
  version: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
  lostReason: dealPatch.shape.lostReason,
});

/** A deal that did not go where it was to go; it is shown as it stands now. */
export interface Refused {
  status: number;
  refusal: Refusal;
}

/**
 * Moves a deal as a form says. Undefined when that is done.
 * @throws Problem 404 when the deal is another partner's or nobody's
 */
export async function moveByForm(
  deps: ApiDeps,
  response: Response,
  deal: { id: string; partnerId: string },
  typed: Typed,
): Promise<Refused | undefined> {
  const { t } = viewOf(response);
  const read = readForm(moveFields, nested(typed), t);
  if (read.errors) return { status: 422, refusal: { words: t('deal.move-unread') } };
  const { stageId, version, lostReason } = read.value;
  const before = await findDeal(deps.db, deal.partnerId, deal.id);
  if (!before) throw notFound();
  if (
    !lostReason &&
    before.version === version &&
    (await wantsReason(deps, deal.partnerId, before, stageId))
  ) {
    const error = t('deal.reason-missing');
    return { status: 422, refusal: { words: error, incomplete: { dealId: deal.id, stageId, error } } };
  }
  try {
    const order = { to: { stageId }, lostReason, version };
    if (!(await transaction(deps, 'deal move', (tx) => moveDeal(tx, deal.partnerId, deal.id, order))))
      throw notFound();
    return undefined;
  } catch (error) {
    if (!(error instanceof StaleVersion) && !(error instanceof NotPossible)) throw error;
    const problem = toProblem(error);
    const isThere = error instanceof StaleVersion && before.stage.id === stageId;
    const words = isThere ? t('deal.there-already', { stage: before.stage.name }) : t(problemKey(problem));
    return { status: problem.status, refusal: { words } };
  }
}

async function wantsReason(
  { db }: ApiDeps,
  partnerId: string,
  { stage, pipeline, lostReason }: DealView,
  stageId: string,
): Promise<boolean> {
  const board = await findBoard(db, partnerId, pipeline.id);
  const targets = targetsOf({ kind: stage.kind, stageId: stage.id, lostReason }, board?.stages ?? []);
  return targets.some((target) => target.stage.id === stageId && target.asks === 'reason');
}
