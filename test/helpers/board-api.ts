import { expect } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { createDeal } from '../../jobs/create-deal.ts';
import { transaction } from '../../jobs/transaction.ts';
import { silentLog } from './deps.ts';
import { type Answer, openApi, type Problem, type TestApi } from './http-api.ts';
import { insertPartners, newPartner, type TestPartner } from './partners.ts';
import { newRequest } from './requests.ts';

export const PIPELINES = '/api/v1/pipelines';
export const ME = '/api/v1/me';
export const UNKNOWN = '00000000-0000-7000-8000-000000000000';

/** What the contract says of a board. */
export interface SeenStage {
  id: string;
  name: string;
  kind: string;
  position: number;
  dealCount: number;
}

export interface SeenBoard {
  id: string;
  name: string;
  position: number;
  stages: SeenStage[];
}

/** A partner with its key, calling the API. */
export interface Caller {
  id: string;
  token: string;
  call<Body = Problem>(path: string, method?: string, json?: unknown): Promise<Answer<Body>>;
  /** The partner's pipelines, which must be numbered from 0, as must be their stages. */
  boards(): Promise<SeenBoard[]>;
  /** Adds a pipeline that must be accepted. */
  add(name: string, stages?: { name: string; kind: string }[]): Promise<SeenBoard>;
}

export async function newCaller(api: TestApi, overrides: Partial<TestPartner> = {}): Promise<Caller> {
  const partner = newPartner(overrides);
  await insertPartners(api.db, [partner]);
  const token = await createApiKey(api.db, { role: 'partner', partnerId: partner.id });
  const call: Caller['call'] = (path, method = 'GET', json) =>
    api.call(path, { method, token, ...(json !== undefined && { json }) });
  return {
    id: partner.id,
    token,
    call,
    async boards() {
      const { status, body, text } = await call<{ data: SeenBoard[] }>(PIPELINES);
      expect(status, text).toBe(200);
      expect(body.data.map(({ position }) => position)).toEqual(body.data.map((_, index) => index));
      for (const { stages } of body.data)
        expect(stages.map(({ position }) => position)).toEqual(stages.map((_, index) => index));
      return body.data;
    },
    async add(name, stages) {
      const { status, body, text } = await call<SeenBoard>(PIPELINES, 'POST', { name, stages });
      expect(status, text).toBe(201);
      return body;
    },
  };
}

/** Promises deals for new requests to one partner. Returns the deals' ids: those of the matches. */
export async function promiseLeads(api: TestApi, partnerId: string, count = 1): Promise<string[]> {
  const requests = Array.from({ length: count }, () => newRequest());
  const queues = { dispatch: () => undefined };
  await transaction({ db: api.db, queues }, 'job test', async (tx) => {
    for (const { id } of requests) {
      await tx.query(
        `with asked as (
           insert into requests (id, mode, status, client_name, client_email, locale, title, description)
           values ($1, 'automated', 'routed', 'Ana', 'ana@example.com', 'en', 'CRM', 'A CRM') returning id)
         insert into matches (id, request_id, partner_id, reasons) select id, id, $2, '[]' from asked`,
        [id, partnerId],
      );
      tx.enqueue(createDeal, { matchId: id });
    }
  });
  return requests.map(({ id }) => id);
}

/** Promises leads and does the jobs, as the workers would. */
export async function takeLeads(api: TestApi, partnerId: string, count = 1): Promise<string[]> {
  const ids = await promiseLeads(api, partnerId, count);
  await api.deliver();
  return ids;
}

/** Puts a deal into a stage as a move would, however it came there. */
export async function putInto(api: TestApi, dealId: string, stage: SeenStage | undefined): Promise<void> {
  await api.db.query(
    `update deals set stage_id = $2, kind = $3, pipeline_id = (select pipeline_id from stages where id = $2)
     where id = $1`,
    [dealId, stage?.id, stage?.kind],
  );
}

export interface DealRow {
  id: string;
  pipelineId: string;
  stageId: string;
  kind: string;
  version: number;
  movedAt: Date;
}

export function dealRows(api: TestApi, partnerId: string): Promise<DealRow[]> {
  return api.db.query<DealRow>(
    `select id, pipeline_id as "pipelineId", stage_id as "stageId", kind, version, moved_at as "movedAt"
     from deals where partner_id = $1 order by id`,
    [partnerId],
  );
}

export const stageOf = (board: SeenBoard | undefined, kind: string) =>
  board?.stages.find((stage) => stage.kind === kind);

/** The codes of an answer: its own, or those of its fields with their places. */
export function codes({ status, body }: Answer<Problem>): unknown[] {
  return [status, ...(body.errors?.map(({ pointer, code }) => `${pointer} ${code}`) ?? [body.code])];
}

export const boardApi = () => openApi('empty', { log: silentLog, env: { LEADS_PIPELINE_NAME: 'Leads' } });
