import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  boardApi,
  type Caller,
  codes,
  dealRows,
  newCaller,
  PIPELINES,
  putInto,
  type SeenBoard,
  stageOf,
  takeLeads,
  UNKNOWN,
} from '../helpers/board-api.ts';
import type { TestApi } from '../helpers/http-api.ts';

const BARE = [
  { name: 'No', kind: 'lost' },
  { name: 'In', kind: 'new' },
  { name: 'Also in', kind: 'new' },
  { name: 'Yes', kind: 'won' },
];

describe('taking a pipeline away', () => {
  let api: TestApi;
  let ana: Caller;
  const remove = (caller: Caller, board: SeenBoard, target?: string) =>
    caller.call(`${PIPELINES}/${board.id}${target === undefined ? '' : `?target=${target}`}`, 'DELETE');

  beforeAll(async () => {
    api = await boardApi();
  });
  afterAll(() => api.close());

  it('closes the gap, also for the last one; the next lead makes a new one', async () => {
    ana = await newCaller(api);
    const [a, b, c] = [await ana.add('A'), await ana.add('B'), await ana.add('C')];
    const { status, text } = await remove(ana, b);
    expect([status, text]).toEqual([204, '']);
    expect(await ana.boards()).toEqual([a, { ...c, position: 1 }]);
    expect((await remove(ana, b)).status).toBe(404);
    for (const board of [a, c]) expect((await remove(ana, board)).status).toBe(204);
    expect(await ana.boards()).toEqual([]);
    await takeLeads(api, ana.id);
    expect(await ana.boards()).toMatchObject([
      { name: 'Leads', position: 0, stages: [{ dealCount: 1 }, {}, {}, {}] },
    ]);
  });

  it('needs a target for deals, and gives each to the first stage of its kind', async () => {
    ana = await newCaller(api);
    const [board, target] = [await ana.add('A'), await ana.add('B', BARE)];
    const [won = '', lost = ''] = await takeLeads(api, ana.id, 3);
    await putInto(api, won, stageOf(board, 'won'));
    await putInto(api, lost, stageOf(board, 'lost'));
    const before = await dealRows(api, ana.id);
    const without = await remove(ana, board);
    expect(codes(without)).toEqual([409, 'pipeline_has_deals']);
    expect(without.body.detail).toContain('3 deals');
    expect(await dealRows(api, ana.id)).toEqual(before);
    expect((await remove(ana, board, target.id)).status).toBe(204);
    expect(await dealRows(api, ana.id)).toEqual(
      before.map((row) => ({
        ...row,
        pipelineId: target.id,
        stageId: stageOf(target, row.kind)?.id,
        version: row.version + 1,
      })),
    );
    expect(await ana.boards()).toMatchObject([{ id: target.id, position: 0 }]);
  });

  it('is refused when the target is none, is foreign, is itself, or has no place for a deal', async () => {
    ana = await newCaller(api);
    const bia = await newCaller(api);
    const [board, target, foreign] = [await ana.add('A'), await ana.add('B', BARE), await bia.add('C')];
    for (const id of [UNKNOWN, foreign.id, board.id]) {
      expect(codes(await remove(ana, board, id))).toEqual([422, '/target unknown_pipeline']);
    }
    expect(codes(await remove(ana, board, 'x'))).toEqual([422, '/target invalid_format']);
    const [deal = ''] = await takeLeads(api, ana.id);
    await putInto(api, deal, stageOf(board, 'in_progress'));
    expect(codes(await remove(ana, board, target.id))).toEqual([409, 'target_kind']);
    expect((await remove(bia, board, foreign.id)).status).toBe(404);
    expect((await remove(ana, foreign, board.id)).status).toBe(404);
    expect(await ana.boards()).toHaveLength(2);
    expect(await bia.boards()).toHaveLength(1);
  });
});
