import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  boardApi,
  type Caller,
  codes,
  newCaller,
  PIPELINES,
  type SeenBoard,
  stageOf,
  takeLeads,
  UNKNOWN,
} from '../helpers/board-api.ts';
import type { TestApi } from '../helpers/http-api.ts';

const KINDS = ['new', 'in_progress', 'won', 'lost'];
const STAGES = [
  { name: 'In', kind: 'new' },
  { name: 'Yes', kind: 'won' },
  { name: 'No', kind: 'lost' },
];

describe('a partner’s pipelines', () => {
  let api: TestApi;
  let ana: Caller;
  let bia: Caller;
  const names = async (caller: Caller) => (await caller.boards()).map(({ name }) => name);
  const move = (caller: Caller, board: SeenBoard, change: unknown) =>
    caller.call<SeenBoard>(`${PIPELINES}/${board.id}`, 'PATCH', change);

  beforeAll(async () => {
    api = await boardApi();
    [ana, bia] = [await newCaller(api), await newCaller(api, { locale: 'pt-BR' })];
  });
  afterAll(() => api.close());

  it('are none at first', async () => {
    expect(await ana.boards()).toEqual([]);
  });

  it('are added last, with standard stages in the partner’s language, and can be read one by one', async () => {
    const { status, headers, body } = await bia.call<SeenBoard>(PIPELINES, 'POST', { name: ' Vendas ' });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`${PIPELINES}/${body.id}`);
    expect(body).toMatchObject({ name: 'Vendas', position: 0 });
    expect(body.stages.map(({ name }) => name)).toEqual([
      'Novo',
      'Em andamento',
      'Fechado - Ganhou',
      'Fechado - Perdido',
    ]);
    expect(body.stages.map(({ kind }) => kind)).toEqual(KINDS);
    const second = await bia.add('Zweite', STAGES);
    expect(second.position).toBe(1);
    expect(second.stages).toEqual(
      STAGES.map((stage, position) => ({ ...stage, id: expect.any(String), position, dealCount: 0 })),
    );
    expect((await bia.call<SeenBoard>(headers.get('location') ?? '')).body).toEqual(body);
    expect(await bia.boards()).toEqual([body, second]);
    expect((await ana.add('English')).stages.map(({ name }) => name)[1]).toBe('In progress');
  });

  it.each<[string, unknown, string[]]>([
    ['no name', {}, ['/name required']],
    ['an empty name', { name: ' ' }, ['/name too_small']],
    ['a name of two lines', { name: 'a\nb' }, ['/name invalid_text']],
    ['an unknown field', { name: 'A', position: 0 }, ['/position unknown_field']],
    ['a stage of no kind', { name: 'A', stages: [...STAGES, { name: 'x' }] }, ['/stages/3/kind required']],
    [
      'an unknown kind',
      { name: 'A', stages: [...STAGES, { name: 'x', kind: 'open' }] },
      ['/stages/3/kind invalid_value'],
    ],
    ['no new stage', { name: 'A', stages: STAGES.slice(1) }, ['/stages missing_stage']],
    ['no stage at all', { name: 'A', stages: [] }, Array(3).fill('/stages missing_stage')],
    ['null', null, [' invalid_type']],
  ])('are refused with 422: %s', async (_, json, errors) => {
    expect(codes(await ana.call(PIPELINES, 'POST', json))).toEqual([422, ...errors]);
  });

  it('take new places; the others shift, and positions stay gapless', async () => {
    const caro = await newCaller(api);
    const [a, b, c, d] = [await caro.add('A'), await caro.add('B'), await caro.add('C'), await caro.add('D')];
    expect((await move(caro, d, { position: 1 })).body).toEqual({ ...d, position: 1 });
    expect(await names(caro)).toEqual(['A', 'D', 'B', 'C']);
    expect((await move(caro, a, { position: 99, name: 'Z' })).body).toMatchObject({ position: 3, name: 'Z' });
    expect(await names(caro)).toEqual(['D', 'B', 'C', 'Z']);
    expect((await move(caro, c, {})).body).toEqual({ ...c, position: 2 });
    expect((await move(caro, b, { position: 0 })).status).toBe(200);
    expect(await names(caro)).toEqual(['B', 'D', 'C', 'Z']);
    expect(codes(await caro.call(`${PIPELINES}/${a.id}`, 'PATCH', { position: -1 }))).toEqual([
      422,
      '/position too_small',
    ]);
  });

  it('get their leads in the first one, also after a move', async () => {
    const caro = await newCaller(api);
    const [first, second] = [await caro.add('A', STAGES), await caro.add('B', STAGES)];
    const leads = async () =>
      (await caro.boards()).map((board) => [board.name, stageOf(board, 'new')?.dealCount]);
    await takeLeads(api, caro.id, 2);
    expect(await leads()).toEqual([
      ['A', 2],
      ['B', 0],
    ]);
    await move(caro, second, { position: 0 });
    await takeLeads(api, caro.id);
    expect(await leads()).toEqual([
      ['B', 1],
      ['A', 2],
    ]);
    expect((await move(caro, first, { position: 0 })).body.stages[0]?.dealCount).toBe(2);
  });

  it('keep a partner’s places apart from another’s when many are reordered at once', async () => {
    const [caro, dora] = [await newCaller(api), await newCaller(api)];
    const boards = [];
    for (const name of ['A', 'B', 'C', 'D', 'E']) boards.push(await caro.add(name), await dora.add(name));
    const answers = await Promise.all(
      boards.flatMap((board, index) =>
        [0, 2, 4].map((position) => move(index % 2 ? dora : caro, board, { position })),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    for (const caller of [caro, dora])
      expect((await names(caller)).sort()).toEqual(['A', 'B', 'C', 'D', 'E']);
    const added = await Promise.all([1, 2, 3, 4].map((n) => caro.add(`F${n}`)));
    expect(added.map(({ position }) => position).sort()).toEqual([5, 6, 7, 8]);
  });

  it('are 404 for another partner, as if they did not exist', async () => {
    const board = await ana.add('Mine');
    const before = await ana.boards();
    const calls: [string, unknown?][] = [['GET'], ['PATCH', { name: 'Yours' }], ['DELETE']];
    for (const [method, json] of calls) {
      const foreign = await bia.call(`${PIPELINES}/${board.id}`, method, json);
      expect(foreign.status).toBe(404);
      for (const id of [UNKNOWN, 'x', '%00']) {
        const { status, text } = await bia.call(`${PIPELINES}/${id}`, method, json);
        expect([method, id, status, text]).toEqual([method, id, 404, foreign.text]);
      }
    }
    expect(await ana.boards()).toEqual(before);
  });

  it('need a partner’s key, JSON, and a method that is known', async () => {
    for (const path of [PIPELINES, `${PIPELINES}/${UNKNOWN}`]) {
      expect((await api.call(path)).status).toBe(401);
      expect((await ana.call(path, 'PUT', {})).status).toBe(405);
    }
    const post = { method: 'POST', token: ana.token };
    expect(
      (await api.call(PIPELINES, { ...post, body: 'a', headers: { 'content-type': 'text/plain' } })).status,
    ).toBe(415);
    expect((await api.call(PIPELINES, post)).status).toBe(400);
    expect((await ana.call(PIPELINES)).headers.get('cache-control')).toBe('no-store');
  });
});
