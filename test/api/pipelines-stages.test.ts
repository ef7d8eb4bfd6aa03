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
  type SeenStage,
  stageOf,
  takeLeads,
  UNKNOWN,
} from '../helpers/board-api.ts';
import type { TestApi } from '../helpers/http-api.ts';

const FULL = [
  { name: 'In', kind: 'new' },
  { name: 'Talks', kind: 'in_progress' },
  { name: 'Offer', kind: 'in_progress' },
  { name: 'Yes', kind: 'won' },
  { name: 'No', kind: 'lost' },
];

describe('the stages of a pipeline', () => {
  let api: TestApi;
  let ana: Caller;
  let board: SeenBoard;
  let other: SeenBoard;
  const patch = <Body = SeenBoard>(change: unknown) =>
    ana.call<Body>(`${PIPELINES}/${board.id}`, 'PATCH', change);
  const ids = (stages: (SeenStage | undefined)[]) => stages.map((stage) => ({ id: stage?.id }));
  const without = (name: string) => ids(board.stages.filter((stage) => stage.name !== name));
  const named = (name: string, of = board) => of.stages.find((stage) => stage.name === name);
  const refused = async (change: unknown) => {
    const before = [await ana.boards(), await dealRows(api, ana.id)];
    const answer = await ana.call(`${PIPELINES}/${board.id}`, 'PATCH', change);
    expect([await ana.boards(), await dealRows(api, ana.id)]).toEqual(before);
    return answer;
  };

  beforeAll(async () => {
    api = await boardApi();
  });
  afterAll(() => api.close());

  const fresh = async () => {
    ana = await newCaller(api);
    board = await ana.add('Sales', FULL);
    other = await ana.add('Other', FULL);
  };

  it('are kept, renamed, reordered, added and deleted by one list', async () => {
    await fresh();
    const [first, talks, , yes, no] = board.stages;
    const { status, body } = await patch({
      stages: [
        { id: no?.id.toUpperCase(), kind: 'lost' },
        { name: 'Demo', kind: 'in_progress' },
        { id: talks?.id, name: 'Call' },
        ...ids([yes, first]),
      ],
    });
    expect(status).toBe(200);
    expect(body.stages.map(({ name, kind }) => [name, kind])).toEqual([
      ['No', 'lost'],
      ['Demo', 'in_progress'],
      ['Call', 'in_progress'],
      ['Yes', 'won'],
      ['In', 'new'],
    ]);
    expect(ids(body.stages.filter(({ name }) => name !== 'Demo'))).toEqual(ids([no, talks, yes, first]));
    expect((await ana.boards())[0]).toEqual(body);
  });

  it('keep their deals when they change places and names', async () => {
    await fresh();
    await takeLeads(api, ana.id, 2);
    const before = await dealRows(api, ana.id);
    const list = ids(board.stages).reverse();
    const { body } = await patch({ stages: list.map((entry) => ({ ...entry, name: `x${entry.id}` })) });
    expect(stageOf(body, 'new')?.dealCount).toBe(2);
    expect(await dealRows(api, ana.id)).toEqual(before);
  });

  it.each(['board', 'other'] as const)(
    'give their deals to a target in the %s when they leave',
    async (where) => {
      await fresh();
      const [deal = '', left = ''] = await takeLeads(api, ana.id, 3);
      await putInto(api, deal, named('Offer'));
      await putInto(api, left, named('Talks'));
      const before = await dealRows(api, ana.id);
      const target = named('Talks', where === 'board' ? board : other);
      const offer = named('Offer');
      expect((await refused({ stages: without('Offer') })).body).toMatchObject({
        code: 'stage_has_deals',
        status: 409,
        detail: expect.stringContaining('1 deal'),
      });
      const { status, body, text } = await patch({
        stages: without('Offer'),
        targets: { [offer?.id ?? '']: target?.id.toUpperCase() },
      });
      expect(status, text).toBe(200);
      expect(body.stages.map(({ name }) => name)).toEqual(['In', 'Talks', 'Yes', 'No']);
      const pipelineId = where === 'board' ? board.id : other.id;
      expect(await dealRows(api, ana.id)).toEqual(
        before.map((row) =>
          row.id === deal ? { ...row, pipelineId, stageId: target?.id, version: row.version + 1 } : row,
        ),
      );
    },
  );

  it('need no target when they hold no deals', async () => {
    await fresh();
    await takeLeads(api, ana.id);
    expect((await patch({ stages: without('Offer') })).status).toBe(200);
    expect((await ana.boards())[0]?.stages).toHaveLength(4);
  });

  it.each(['In', 'Yes', 'No'])('never lose the last of a needed kind: %s', async (name) => {
    await fresh();
    const kept = without(name);
    expect(codes(await refused({ stages: kept }))).toEqual([409, 'last_stage']);
    const { kind } = named(name) ?? {};
    expect((await patch({ stages: [...kept, { name: 'Another', kind }] })).status).toBe(200);
  });

  it('keep their kinds', async () => {
    await fresh();
    const list = ids(board.stages).map((entry, index) => (index === 1 ? { ...entry, kind: 'won' } : entry));
    expect(codes(await refused({ stages: list }))).toEqual([409, 'stage_kind_fixed']);
  });

  it('are refused with 422 when ids name nothing, or somebody else’s', async () => {
    await fresh();
    const bia = await newCaller(api);
    const foreign = (await bia.add('Foreign')).stages[1]?.id ?? '';
    const all = ids(board.stages);
    for (const id of [UNKNOWN, foreign, named('In', other)?.id]) {
      expect(codes(await refused({ stages: [...all, { id }] }))).toEqual([422, '/stages/5/id unknown_stage']);
    }
    expect(codes(await refused({ stages: [...all, all[0]] }))).toEqual([422, '/stages/5/id duplicate_stage']);
    expect(codes(await refused({ stages: [...all, { id: 'x' }] }))).toEqual([
      422,
      '/stages/5/id invalid_format',
    ]);
    expect(codes(await refused({ stages: [...all, { name: 'x' }] }))).toEqual([
      422,
      '/stages/5/kind required',
    ]);
    expect(codes(await refused({ stages: [...all, {}] }))).toEqual([
      422,
      '/stages/5/name required',
      '/stages/5/kind required',
    ]);
    expect((await refused({ stages: null })).status).toBe(422);

    const [talks, offer] = [named('Talks')?.id ?? '', named('Offer')?.id ?? ''];
    const stages = without('Offer');
    const at = `/targets/${offer}`;
    for (const id of [UNKNOWN, foreign, offer]) {
      expect(codes(await refused({ stages, targets: { [offer]: id } }))).toEqual([
        422,
        `${at} unknown_stage`,
      ]);
    }
    for (const targets of [{ [talks]: offer }, { [UNKNOWN]: talks }, { [foreign]: talks }]) {
      const [key] = Object.keys(targets);
      expect(codes(await refused({ stages, targets }))).toEqual([422, `/targets/${key} stage_stays`]);
    }
    expect(codes(await refused({ targets: { [offer]: talks } }))).toEqual([422, `${at} stage_stays`]);
    expect((await refused({ stages, targets: { x: talks } })).status).toBe(422);
    expect(codes(await refused({ stages, targets: { [offer]: named('In')?.id } }))).toEqual([
      409,
      'target_kind',
    ]);
    expect(codes(await refused({ colour: 'red' }))).toEqual([422, '/colour unknown_field']);
  });
});
