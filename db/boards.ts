import type { DealKind } from '../domain/deal-life.ts';
import type { Sql } from './connect.ts';

export interface BoardStage {
  id: string;
  name: string;
  kind: DealKind;
  position: number;
  dealCount: number;
}

/** A pipeline with its stages in order. Leads go to the partner's first one. */
export interface Board {
  id: string;
  name: string;
  position: number;
  stages: BoardStage[];
}

/** A partner's pipelines in order, as one consistent picture. */
export function listBoards(sql: Sql, partnerId: string): Promise<Board[]> {
  return sql.query<Board>(
    `select l.id, l.name, l.position, coalesce(s.stages, '[]') as stages
     from pipelines l left join lateral (
       select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'kind', s.kind, 'position', s.position,
         'dealCount', (select count(*) from deals d where d.stage_id = s.id)) order by s.position) as stages
       from stages s where s.pipeline_id = l.id) as s on true
     where l.partner_id = $1 order by l.position`,
    [partnerId],
  );
}

/** One pipeline of a partner, or undefined when it is another's or nobody's. */
export async function findBoard(sql: Sql, partnerId: string, id: string): Promise<Board | undefined> {
  return (await listBoards(sql, partnerId)).find((board) => board.id === id);
}
