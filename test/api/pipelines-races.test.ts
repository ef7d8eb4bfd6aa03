import { describe, expect, test } from 'vitest';
import type { Database } from '../../db/connect.ts';
import { createDeal } from '../../jobs/create-deal.ts';
import { createDealHandler } from '../../workers/create-deal.ts';
import {
  boardApi,
  type Caller,
  codes,
  dealRows,
  newCaller,
  PIPELINES,
  promiseLeads,
  takeLeads,
} from '../helpers/board-api.ts';
import { workerDeps } from '../helpers/deps.ts';
import type { Answer, Problem, TestApi } from '../helpers/http-api.ts';
import { deliver, promised } from '../helpers/outbox.ts';
import { until } from '../helpers/until.ts';

const waiting = (db: Database, count: number) =>
  until(
    async () =>
      (
        await db.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
      ).length >= count,
    { what: `${count} waiting for locks`, every: 5 },
  );

const handleLeads = async (api: TestApi) =>
  deliver(
    workerDeps(api.db, { settings: api.config }),
    createDealHandler,
    await promised(api.db, createDeal),
  );

/** Runs `first` until it waits for what `hold` has locked, then `second` until both wait, then lets go. */
async function interleave<A, B>(
  api: TestApi,
  hold: string,
  first: () => Promise<A>,
  second: () => Promise<B>,
): Promise<[A, B]> {
  return api.db.session(async (holder) => {
    await holder.query('begin');
    await holder.query(hold);
    const one = first();
    await waiting(api.db, 1);
    const two = second();
    await waiting(api.db, 2);
    await holder.query('rollback');
    return Promise.all([one, two]);
  });
}

async function withApi(work: (api: TestApi, ana: Caller) => Promise<void>): Promise<void> {
  const api = await boardApi();
  try {
    await work(api, await newCaller(api));
  } finally {
    await api.close();
  }
}

describe('a pipeline taken away while a lead comes in', () => {
  // The handler has written the deal and waits with its mail; the removal saw an empty pipeline.
  const leadFirst = (api: TestApi, removal: () => Promise<Answer<Problem>>) =>
    interleave(api, 'lock table emails in access exclusive mode', () => handleLeads(api), removal);
  // The removal has its locks on the places and waits for the partner; the handler saw the old places.
  const removalFirst = (api: TestApi, ana: Caller, removal: () => Promise<Answer<Problem>>) =>
    interleave(api, `select from partners where id = '${ana.id}' for no key update`, removal, () =>
      handleLeads(api),
    );

  test('the lead first: the removal takes it along to the target', () =>
    withApi(async (api, ana) => {
      const [board, target] = [await ana.add('A'), await ana.add('B')];
      const [id] = await promiseLeads(api, ana.id);
      const path = `${PIPELINES}/${board.id}?target=${target.id}`;
      const [outcomes, answer] = await leadFirst(api, () => ana.call(path, 'DELETE'));
      expect(outcomes).toEqual([{ kind: 'done' }]);
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(await dealRows(api, ana.id)).toMatchObject([
        { id, pipelineId: target.id, stageId: target.stages[0]?.id, version: 2 },
      ]);
    }));

  test('the lead first, without a target: 409, and all is as it was', () =>
    withApi(async (api, ana) => {
      const board = await ana.add('A');
      await promiseLeads(api, ana.id);
      const [, answer] = await leadFirst(api, () => ana.call(`${PIPELINES}/${board.id}`, 'DELETE'));
      expect(codes(answer)).toEqual([409, 'pipeline_has_deals']);
      expect(await dealRows(api, ana.id)).toMatchObject([{ pipelineId: board.id }]);
    }));

  test('the lead first, into a stage that leaves: 409 that counts it', () =>
    withApi(async (api, ana) => {
      const board = await ana.add('A', [
        { name: 'First', kind: 'new' },
        { name: 'Second', kind: 'new' },
        { name: 'Yes', kind: 'won' },
        { name: 'No', kind: 'lost' },
      ]);
      await promiseLeads(api, ana.id);
      const stages = board.stages.slice(1).map(({ id }) => ({ id }));
      const path = `${PIPELINES}/${board.id}`;
      const [, answer] = await leadFirst(api, () => ana.call(path, 'PATCH', { stages }));
      expect(codes(answer)).toEqual([409, 'stage_has_deals']);
      const targets = { [board.stages[0]?.id ?? '']: board.stages[1]?.id };
      expect((await ana.call(path, 'PATCH', { stages, targets })).status).toBe(200);
      expect(await dealRows(api, ana.id)).toMatchObject([{ stageId: board.stages[1]?.id }]);
    }));

  test.each([1, 2])('the removal first, of %s: the lead finds its new place', (count) =>
    withApi(async (api, ana) => {
      const board = await ana.add('A');
      if (count === 2) await ana.add('B');
      const [id] = await promiseLeads(api, ana.id);
      const path = `${PIPELINES}/${board.id}`;
      const [answer, outcomes] = await removalFirst(api, ana, () => ana.call(path, 'DELETE'));
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(outcomes).toMatchObject([{ kind: 'retry' }]);
      await api.db.query('update outbox set run_at = now()');
      await api.deliver();
      const [now] = await ana.boards();
      expect(now?.name).toBe(count === 2 ? 'B' : 'Leads');
      expect(await dealRows(api, ana.id)).toMatchObject([{ id, pipelineId: now?.id }]);
    }),
  );
});

test('two pipelines that are each other’s target: one goes, the other has all deals', () =>
  withApi(async (api, ana) => {
    const [a, b] = [await ana.add('A'), await ana.add('B')];
    await takeLeads(api, ana.id, 3);
    await ana.call(`${PIPELINES}/${b.id}`, 'PATCH', { position: 0 });
    await takeLeads(api, ana.id, 2);
    const [one, two] = await interleave(
      api,
      `select from partners where id = '${ana.id}' for no key update`,
      () => ana.call(`${PIPELINES}/${a.id}?target=${b.id}`, 'DELETE'),
      () => ana.call(`${PIPELINES}/${b.id}?target=${a.id}`, 'DELETE'),
    );
    expect([one.status, ...codes(two)]).toEqual([204, 422, '/target unknown_pipeline']);
    expect((await dealRows(api, ana.id)).map(({ pipelineId }) => pipelineId)).toEqual(Array(5).fill(b.id));
  }));

test.each([1, 2, 3])(
  'edits and leads in a crowd %s: nothing is lost, nothing fails, positions stay whole',
  () =>
    withApi(async (api, ana) => {
      for (const name of ['A', 'B', 'C', 'D']) await ana.add(name);
      const leads = await promiseLeads(api, ana.id, 20);
      const removals = (await ana.boards()).map(({ id }, index, all) => {
        const target = all[(index + 1) % all.length]?.id;
        return () => ana.call(`${PIPELINES}/${id}?target=${target}`, 'DELETE');
      });
      const moves = (await ana.boards()).map(
        ({ id }, index) =>
          () =>
            ana.call(`${PIPELINES}/${id}`, 'PATCH', { position: 3 - index }),
      );
      const work = [
        ...removals,
        () => handleLeads(api),
        ...moves,
        () => ana.call(PIPELINES, 'POST', { name: 'E' }),
      ];
      const answers = await Promise.all(work.map((start) => start()));
      const statuses = answers.flatMap((answer) => ('status' in answer ? [answer.status] : []));
      expect(statuses).toHaveLength(9);
      for (const status of statuses) expect([200, 201, 204, 404, 409, 422]).toContain(status);
      await until(async () => {
        await api.db.query('update outbox set run_at = now()');
        await api.deliver();
        return (await promised(api.db, createDeal)).length === 0;
      });
      const deals = await dealRows(api, ana.id);
      expect(deals.map(({ id }) => id)).toEqual(leads.toSorted());
      const boards = await ana.boards();
      const counted = boards
        .flatMap(({ stages }) => stages)
        .reduce((sum, { dealCount }) => sum + dealCount, 0);
      expect(counted).toBe(20);
    }),
);
