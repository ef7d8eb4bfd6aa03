import { uuidv7 } from 'uuidv7';
import { insertTokens, mintToken } from '../../db/access-tokens.ts';
import type { Sql } from '../../db/connect.ts';
import { insertRequests, type NewRequest } from '../../db/requests.ts';
import { newRequest } from './requests.ts';

export interface TestDeal {
  id: string;
  requestId: string;
}

/** A deal of the partner with everything it stands on, in a stage of the kind. */
export async function insertDeal(
  sql: Sql,
  partnerId: string,
  { kind = 'won', request = {} }: { kind?: string; request?: Partial<NewRequest> } = {},
): Promise<TestDeal> {
  const asked = newRequest(request);
  const [id, pipelineId, stageId] = [uuidv7(), uuidv7(), uuidv7()];
  await insertRequests(sql, [asked]);
  await sql.query('insert into matches (id, request_id, partner_id, reasons) values ($1, $2, $3, $4)', [
    id,
    asked.id,
    partnerId,
    JSON.stringify([{ code: 'newcomer' }]),
  ]);
  await sql.query(
    `insert into pipelines (id, partner_id, name, position)
     select $1::uuid, $2::uuid, 'Board', count(*) from pipelines where partner_id = $2`,
    [pipelineId, partnerId],
  );
  await sql.query(
    'insert into stages (id, pipeline_id, name, kind, position) values ($1, $2, $3::text, $3::text, 0)',
    [stageId, pipelineId, kind],
  );
  await sql.query(
    `insert into deals (id, request_id, partner_id, pipeline_id, stage_id, kind) values ($1, $2, $3, $4, $5, $6)`,
    [id, asked.id, partnerId, pipelineId, stageId, kind],
  );
  return { id, requestId: asked.id };
}

/** A token as the feedback mail has it. */
export async function feedbackToken(sql: Sql, dealId: string, validMs = 60_000): Promise<string> {
  const token = mintToken();
  await insertTokens(sql, 'feedback', [{ token, subjectId: dealId }], validMs);
  return token;
}
