import { uuidv7 } from 'uuidv7';
import {
  appendPipeline,
  applyEdit,
  type BoardEdit,
  insertStages,
  isForeignKeyViolation,
  lockDealsIn,
  lockPlaces,
  pipelineIds,
} from '../db/board-edits.ts';
import { type Board, listBoards } from '../db/boards.ts';
import type { Database, Sql } from '../db/connect.ts';
import { lockPartners } from '../db/pipelines.ts';
import type { DealKind } from '../domain/deal-life.ts';
import { type PipelineChange, planChange, planRemoval } from './edit-board-plan.ts';
import { NotPossible } from './not-possible.ts';

/** A partner with more has lost its way; and every page of boards reads them all. */
const MOST_PIPELINES = 50;

/**
 * Adds a pipeline as the partner's last. Returns its id; one that the partner has already is not added again.
 * @throws NotPossible
 */
export function addPipeline(
  db: Database,
  partnerId: string,
  {
    id: pipelineId = uuidv7(),
    name,
    stages,
  }: { id?: string; name: string; stages: { name: string; kind: DealKind }[] },
): Promise<string> {
  return db.transaction('board edit', async (sql) => {
    await lockPartners(sql, [partnerId]);
    const ids = await pipelineIds(sql, partnerId);
    if (ids.includes(pipelineId)) return pipelineId;
    if (ids.length >= MOST_PIPELINES)
      throw new NotPossible(
        'too_many_pipelines',
        `There can be ${MOST_PIPELINES} pipelines; remove one first.`,
      );
    await appendPipeline(sql, { id: pipelineId, partnerId, name });
    await insertStages(
      sql,
      stages.map((stage, position) => ({ id: uuidv7(), pipelineId, position, ...stage })),
    );
    return pipelineId;
  });
}

/**
 * Renames, moves or rebuilds a pipeline. False when the partner has no such pipeline.
 * @throws NotPossible, BadReference
 */
export function changePipeline(
  db: Database,
  partnerId: string,
  id: string,
  change: PipelineChange,
): Promise<boolean> {
  return edit(db, partnerId, (boards) => planChange(boards, id, change));
}

/**
 * Takes a pipeline away; its deals go to the first stages of their kinds in the target. False when the
 * partner has no such pipeline.
 * @throws NotPossible, BadReference
 */
export function removePipeline(
  db: Database,
  partnerId: string,
  id: string,
  target: string | undefined,
): Promise<boolean> {
  return edit(db, partnerId, (boards) => planRemoval(boards, id, target));
}

const TRIES = 3;

/** A deal came into a place that is to go, or somebody else edited the boards, before they were locked. */
class Overtaken extends Error {}

/**
 * Plans, locks what the plan touches, looks again, and writes. When a lead came in or another edit won in
 * between, all of it is done again on what is true then.
 */
async function edit(
  db: Database,
  partnerId: string,
  plan: (boards: Board[]) => BoardEdit | undefined,
): Promise<boolean> {
  for (let left = TRIES; left > 0; left--) {
    try {
      return await db.transaction('board edit', (sql) => editOnce(sql, partnerId, plan));
    } catch (error) {
      if (!(error instanceof Overtaken) && !isForeignKeyViolation(error)) throw error;
    }
  }
  throw new NotPossible('board_busy', 'Deals came in or boards changed meanwhile; try again.');
}

/**
 * Locks deals, then the places they stand in, then the partner: moves of deals and new leads take their locks
 * in that order too.
 */
async function editOnce(
  sql: Sql,
  partnerId: string,
  plan: (boards: Board[]) => BoardEdit | undefined,
): Promise<boolean> {
  const intended = plan(await listBoards(sql, partnerId));
  if (!intended) return false;
  const locked = await lockDealsIn(sql, intended.droppedStages);
  await lockPlaces(sql, partnerId, intended);
  await lockPartners(sql, [partnerId]);

  const boards = await listBoards(sql, partnerId);
  const current = plan(boards);
  if (!current) return false;
  const leaving = boards
    .flatMap(({ stages }) => stages)
    .filter(({ id }) => current.droppedStages.includes(id));
  const deals = leaving.reduce((sum, { dealCount }) => sum + dealCount, 0);
  if (deals !== locked || placesOf(current) !== placesOf(intended)) throw new Overtaken();
  await applyEdit(sql, current);
  return true;
}

function placesOf({ droppedPipelines, droppedStages, moves }: BoardEdit): string {
  return JSON.stringify([droppedPipelines, droppedStages, moves]);
}
