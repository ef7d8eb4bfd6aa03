import type { DealKind } from '../domain/deal-life.ts';
import type { Sql } from './connect.ts';

/** What is to become of a partner's boards: who leaves, who comes, and the order afterwards. */
export interface BoardEdit {
  droppedPipelines: string[];
  droppedStages: string[];
  /** Where the deals of dropped stages go: a stage of the same kind. */
  moves: { from: string; to: string; toPipeline: string }[];
  keptStages: { id: string; name: string; position: number }[];
  newStages: NewStage[];
  /** All pipelines that stay, with their places from 0. */
  pipelines: { id: string; name: string; position: number }[];
}

export interface NewStage {
  id: string;
  pipelineId: string;
  name: string;
  kind: DealKind;
  position: number;
}

/** Locks the deals of some stages in id order. Returns how many there are. */
export async function lockDealsIn(sql: Sql, stageIds: string[]): Promise<number> {
  if (stageIds.length === 0) return 0;
  const rows = await sql.query(
    'select from deals where stage_id = any ($1::uuid[]) order by id for no key update',
    [stageIds],
  );
  return rows.length;
}

/**
 * Locks a partner's boards against other edits, without holding up its leads; then the pipelines and stages
 * that deals leave or come to, so that no deal enters one of them until this transaction ends. In the order
 * in which a new deal's foreign keys lock them: pipelines first.
 */
export async function lockPlaces(sql: Sql, partnerId: string, edit: BoardEdit): Promise<void> {
  const { droppedPipelines, droppedStages, moves } = edit;
  await sql.query('select from pipelines where partner_id = $1 order by id for no key update', [partnerId]);
  if (droppedStages.length === 0) return;
  await sql.query('select from pipelines where id = any ($1::uuid[]) order by id for update', [
    [...droppedPipelines, ...moves.map((move) => move.toPipeline)],
  ]);
  await sql.query('select from stages where id = any ($1::uuid[]) order by id for update', [
    [...droppedStages, ...moves.map((move) => move.to)],
  ]);
}

/** Writes an edit: deals move first, then rows go, then the places of the others close up. */
export async function applyEdit(sql: Sql, edit: BoardEdit): Promise<void> {
  await moveDeals(sql, edit.moves);
  await drop(sql, edit);
  await placeStages(sql, edit.keptStages);
  await insertStages(sql, edit.newStages);
  await placePipelines(sql, edit.pipelines);
}

/** A move by its board's settings is none of the deal's life: `moved_at` stays, but `version` tells of it. */
async function moveDeals(sql: Sql, moves: BoardEdit['moves']): Promise<void> {
  if (moves.length === 0) return;
  await sql.query(
    `update deals d set stage_id = m.to_stage, pipeline_id = m.to_pipeline, version = d.version + 1
     from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as m (from_stage, to_stage, to_pipeline)
     where d.stage_id = m.from_stage`,
    [moves.map((move) => move.from), moves.map((move) => move.to), moves.map((move) => move.toPipeline)],
  );
}

/** Deletes stages and pipelines; a deal that is still there makes it fail (foreign key). */
async function drop(sql: Sql, { droppedStages, droppedPipelines }: BoardEdit): Promise<void> {
  if (droppedStages.length > 0)
    await sql.query('delete from stages where id = any ($1::uuid[])', [droppedStages]);
  if (droppedPipelines.length > 0)
    await sql.query('delete from pipelines where id = any ($1::uuid[])', [droppedPipelines]);
}

// Positions are unique, checked when a statement ends: so all rows of a list change places in one.
async function placeStages(sql: Sql, stages: BoardEdit['keptStages']): Promise<void> {
  if (stages.length === 0) return;
  await sql.query(
    `update stages s set name = x.name, position = x.position
     from unnest($1::uuid[], $2::text[], $3::int[]) as x (id, name, position)
     where s.id = x.id and (s.name, s.position) is distinct from (x.name, x.position)`,
    columns(stages),
  );
}

async function placePipelines(sql: Sql, pipelines: BoardEdit['pipelines']): Promise<void> {
  if (pipelines.length === 0) return;
  await sql.query(
    `update pipelines l set name = x.name, position = x.position
     from unnest($1::uuid[], $2::text[], $3::int[]) as x (id, name, position)
     where l.id = x.id and (l.name, l.position) is distinct from (x.name, x.position)`,
    columns(pipelines),
  );
}

function columns(rows: { id: string; name: string; position: number }[]): unknown[] {
  return [rows.map((row) => row.id), rows.map((row) => row.name), rows.map((row) => row.position)];
}

export async function insertStages(sql: Sql, stages: NewStage[]): Promise<void> {
  if (stages.length === 0) return;
  await sql.query(
    `insert into stages (id, name, position, pipeline_id, kind)
     select * from unnest($1::uuid[], $2::text[], $3::int[], $4::uuid[], $5::text[])`,
    [...columns(stages), stages.map((stage) => stage.pipelineId), stages.map((stage) => stage.kind)],
  );
}

/** The ids of a partner's pipelines. */
export async function pipelineIds(sql: Sql, partnerId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>('select id from pipelines where partner_id = $1', [partnerId]);
  return rows.map(({ id }) => id);
}

/** Writes a pipeline behind the partner's others. Call it under the partner's lock. */
export async function appendPipeline(
  sql: Sql,
  pipeline: { id: string; partnerId: string; name: string },
): Promise<void> {
  await sql.query(
    `insert into pipelines (id, partner_id, name, position)
     select $1, $2::uuid, $3, coalesce(max(position) + 1, 0) from pipelines where partner_id = $2::uuid`,
    [pipeline.id, pipeline.partnerId, pipeline.name],
  );
}

/** True when a row went that another one needs, or needs one that went: a deal came in meanwhile. */
export function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503';
}
