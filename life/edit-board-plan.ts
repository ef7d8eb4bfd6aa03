import { uuidv7 } from 'uuidv7';
import type { BoardEdit } from '../db/board-edits.ts';
import type { Board, BoardStage } from '../db/boards.ts';
import type { DealKind } from '../domain/deal-life.ts';
import { NotPossible } from './not-possible.ts';

/** A pipeline without one of these could not take a lead in or end it. */
export const NEEDED_KINDS = ['new', 'won', 'lost'] as const satisfies DealKind[];

/** A stage that stays (with its id), or a new one. */
export type StageEntry =
  | { id: string; name?: string | undefined; kind?: DealKind | undefined }
  | { id?: undefined; name: string; kind: DealKind };

export interface PipelineChange {
  name?: string | undefined;
  /** From 0; the others shift, and whatever is beyond the end is the end. */
  position?: number | undefined;
  /** The whole new list; who is missing leaves. */
  stages?: StageEntry[] | undefined;
  /** Leaving stage -> the stage that its deals go to. */
  targets?: Record<string, string> | undefined;
}

/** What was sent names something that is not there to be named; `pointer` says where. */
export class BadReference extends Error {
  readonly pointer: string;
  readonly code: string;

  constructor(pointer: string, code: string, message: string) {
    super(message);
    this.pointer = pointer;
    this.code = code;
  }
}

/**
 * What a change of a pipeline comes to on these boards; undefined when the pipeline is not among them.
 * @throws NotPossible, BadReference
 */
export function planChange(boards: Board[], id: string, change: PipelineChange): BoardEdit | undefined {
  const board = boards.find((each) => each.id === id);
  if (!board) return undefined;
  const stages = listStages(board, change.stages ?? board.stages);
  const staying = new Set(stages.map((stage) => stage.id));
  const leaving = board.stages.filter((stage) => !staying.has(stage.id));
  for (const kind of NEEDED_KINDS) {
    if (!stages.some((stage) => stage.kind === kind))
      throw new NotPossible('last_stage', `A pipeline keeps at least one stage of the kind ${kind}.`);
  }
  const others = boards.filter((each) => each.id !== id);
  others.splice(change.position ?? board.position, 0, { ...board, name: change.name ?? board.name });
  return {
    droppedPipelines: [],
    droppedStages: leaving.map((stage) => stage.id),
    moves: planMoves(boards, leaving, change.targets ?? {}),
    keptStages: stages.filter((stage) => !stage.isNew),
    newStages: stages.filter((stage) => stage.isNew).map((stage) => ({ ...stage, pipelineId: id })),
    pipelines: others.map(({ id, name }, position) => ({ id, name, position })),
  };
}

function listStages(board: Board, entries: StageEntry[]) {
  const seen = new Set<string>();
  return entries.map((entry, position) => {
    if (entry.id === undefined) return { ...entry, id: uuidv7(), position, isNew: true };
    const pointer = `/stages/${position}/id`;
    const stage = board.stages.find(({ id }) => id === entry.id);
    if (!stage) throw new BadReference(pointer, 'unknown_stage', 'is no stage of this pipeline');
    if (seen.has(stage.id)) throw new BadReference(pointer, 'duplicate_stage', 'is in the list already');
    seen.add(stage.id);
    if (entry.kind && entry.kind !== stage.kind)
      throw new NotPossible('stage_kind_fixed', `The stage ${stage.name} stays of the kind ${stage.kind}.`);
    return { id: stage.id, name: entry.name ?? stage.name, kind: stage.kind, position, isNew: false };
  });
}

/** The deals of leaving stages go where `targets` says: to a stage of the same kind that stays. */
function planMoves(
  boards: Board[],
  leaving: BoardStage[],
  targets: Record<string, string>,
): BoardEdit['moves'] {
  const gone = new Set(leaving.map((stage) => stage.id));
  const stages = boards.flatMap(({ id: pipelineId, stages }) =>
    stages.map((stage) => ({ ...stage, pipelineId })),
  );
  const moves = Object.entries(targets).map(([from, to]) => {
    const pointer = `/targets/${from}`;
    const source = leaving.find((stage) => stage.id === from);
    if (!source) throw new BadReference(pointer, 'stage_stays', 'is no stage that leaves this pipeline');
    const target = stages.find((stage) => stage.id === to && !gone.has(stage.id));
    if (!target) throw new BadReference(pointer, 'unknown_stage', 'must be a stage of yours that stays');
    if (target.kind !== source.kind)
      throw new NotPossible(
        'target_kind',
        `Deals of ${source.name} need a stage of the kind ${source.kind}; ${target.name} is ${target.kind}.`,
      );
    return { from, to, toPipeline: target.pipelineId };
  });
  for (const { id, name, dealCount } of leaving) {
    if (dealCount > 0 && !moves.some(({ from }) => from === id))
      throw new NotPossible('stage_has_deals', `${name} holds ${counted(dealCount)}; say where they go.`);
  }
  return moves;
}

/**
 * What taking a pipeline away comes to; undefined when it is not among these boards.
 * @throws NotPossible, BadReference
 */
export function planRemoval(
  boards: Board[],
  id: string,
  targetId: string | undefined,
): BoardEdit | undefined {
  const board = boards.find((each) => each.id === id);
  if (!board) return undefined;
  const others = boards.filter((each) => each.id !== id);
  const target = others.find((each) => each.id === targetId);
  if (targetId !== undefined && !target)
    throw new BadReference('/target', 'unknown_pipeline', 'must be another pipeline of yours');
  const full = board.stages.filter(({ dealCount }) => dealCount > 0);
  const deals = full.reduce((sum, { dealCount }) => sum + dealCount, 0);
  if (deals > 0 && !target)
    throw new NotPossible('pipeline_has_deals', `${board.name} holds ${counted(deals)}; say where they go.`);
  const moves = target ? full.map((stage) => moveInto(target, stage)) : [];
  return {
    droppedPipelines: [id],
    droppedStages: board.stages.map((stage) => stage.id),
    moves,
    keptStages: [],
    newStages: [],
    pipelines: others.map(({ id, name }, position) => ({ id, name, position })),
  };
}

function moveInto(target: Board, { id, kind }: BoardStage): BoardEdit['moves'][number] {
  const stage = target.stages.find((each) => each.kind === kind);
  if (!stage) throw new NotPossible('target_kind', `${target.name} has no stage of the kind ${kind}.`);
  return { from: id, to: stage.id, toPipeline: target.id };
}

const counted = (deals: number) => (deals === 1 ? '1 deal' : `${deals} deals`);
