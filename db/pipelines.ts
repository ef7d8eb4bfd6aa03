import type { Sql } from './connect.ts';

/** Where a partner's leads go: its first pipeline's first stage of kind `new`. */
export interface LeadsPlace {
  partnerId: string;
  pipelineId: string;
  stageId: string;
}

/** The leads places of those of the partners that have a pipeline. */
export function leadsPlaces(sql: Sql, partnerIds: string[]): Promise<LeadsPlace[]> {
  return sql.query<LeadsPlace>(
    `select distinct on (l.partner_id) l.partner_id as "partnerId", l.id as "pipelineId", s.id as "stageId"
     from pipelines l join stages s on s.pipeline_id = l.id and s.kind = 'new'
     where l.partner_id = any ($1::uuid[])
     order by l.partner_id, l.position, s.position`,
    [partnerIds],
  );
}

/** Locks partners in id order, so that two first leads do not make two pipelines. */
export async function lockPartners(sql: Sql, partnerIds: string[]): Promise<void> {
  await sql.query('select from partners where id = any ($1::uuid[]) order by id for no key update', [
    partnerIds,
  ]);
}

export interface NewPipeline {
  id: string;
  partnerId: string;
  name: string;
  stages: { id: string; name: string; kind: string }[];
}

/** Writes first pipelines, at position 0, with their stages in the order given. */
export async function insertPipelines(sql: Sql, pipelines: NewPipeline[]): Promise<void> {
  await sql.query(
    `insert into pipelines (id, partner_id, name, position)
     select id, partner_id, name, 0 from unnest($1::uuid[], $2::uuid[], $3::text[]) as p (id, partner_id, name)`,
    [
      pipelines.map((pipeline) => pipeline.id),
      pipelines.map((pipeline) => pipeline.partnerId),
      pipelines.map((pipeline) => pipeline.name),
    ],
  );
  const stages = pipelines.flatMap(({ id, stages }) =>
    stages.map((stage, position) => ({ pipelineId: id, position, ...stage })),
  );
  await sql.query(
    `insert into stages (id, pipeline_id, name, kind, position)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int[])`,
    [
      stages.map((stage) => stage.id),
      stages.map((stage) => stage.pipelineId),
      stages.map((stage) => stage.name),
      stages.map((stage) => stage.kind),
      stages.map((stage) => stage.position),
    ],
  );
}
