import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { allPages } from '../helpers/http-catalog.ts';
import { DEALS, type SeenDeal } from '../helpers/http-deals.ts';

const UNKNOWN = '00000000-0000-7000-8000-000000000000';

describe('a list of deals', () => {
  let api: TestApi;
  let token: string;
  let partnerId: string;
  let all: SeenDeal[];

  beforeAll(async () => {
    api = await openApi('seeded');
    const [busiest] = await api.db.query<{ id: string }>(
      'select partner_id as id from deals group by 1 order by count(*) desc, 1 limit 1',
    );
    partnerId = busiest?.id ?? '';
    token = await createApiKey(api.db, { role: 'partner', partnerId });
    all = (await allPages<SeenDeal>(api, DEALS, { limit: '200' }, token)).rows;
  });
  afterAll(() => api.close());

  it('holds all of them, newest first', async () => {
    const rows = await api.db.query<{ id: string }>('select id from deals where partner_id = $1', [
      partnerId,
    ]);
    expect(all.map(({ id }) => id)).toEqual(
      rows
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    expect(all.length).toBeGreaterThan(20);
  });

  it.each(['1', '3', '500'])('has no gaps or repeats in pages of %s', async (limit) => {
    const { rows } = await allPages<SeenDeal>(api, DEALS, { limit }, token);
    expect(rows).toEqual(all);
  });

  it.each(['new', 'in_progress', 'won', 'lost'])('filters by the stage %s', async (stage) => {
    const { rows } = await allPages<SeenDeal>(api, DEALS, { stage, limit: '4' }, token);
    expect(rows).toEqual(all.filter((deal) => deal.stage.kind === stage));
  });

  it('filters by pipeline, alone and with a stage', async () => {
    for (const pipelineId of new Set(all.map((deal) => deal.pipeline.id))) {
      const inIt = all.filter((deal) => deal.pipeline.id === pipelineId);
      expect((await allPages<SeenDeal>(api, DEALS, { pipelineId }, token)).rows).toEqual(inIt);
      const won = await allPages<SeenDeal>(api, DEALS, { pipelineId, stage: 'won' }, token);
      expect(won.rows).toEqual(inIt.filter((deal) => deal.stage.kind === 'won'));
    }
    const { rows } = await allPages<SeenDeal>(api, DEALS, { pipelineId: UNKNOWN }, token);
    expect(rows).toEqual([]);
  });

  it.each(['stage=open', 'pipelineId=x', 'limit=0', 'limit=abc', 'cursor=abc', 'cursor=W10'])(
    'is refused with 422: %s',
    async (query) => {
      const { status, body } = await api.call(`${DEALS}?${query}`, { token });
      expect(status).toBe(422);
      expect(body.errors?.map(({ pointer }) => pointer)).toEqual([`/${query.split('=')[0]}`]);
    },
  );
});
