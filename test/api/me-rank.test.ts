import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { updateRanks } from '../../db/ranks.ts';
import { rank } from '../../domain/ranking.ts';
import { ME, newCaller } from '../helpers/board-api.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { allPages, PARTNERS, type SeenPartner } from '../helpers/http-catalog.ts';

interface SeenRank {
  rank: number;
  place: number | null;
  of: number;
  parts: {
    code: string;
    points: number;
    max: number;
    figures: Record<string, number>;
    explanation: string;
  }[];
  advice: string[];
}

describe('a partner’s rank', () => {
  let api: TestApi;
  const look = async (token: string, language = 'en') => {
    const headers = { 'accept-language': language };
    const answer = await api.call<SeenRank>(`${ME}/rank`, { token, headers });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.headers.get('vary')).toContain('Accept-Language');
    return answer.body;
  };
  const withRecord = async (completedProjects: number, reviewCount: number, ratingSum: number) => {
    const caller = await newCaller(api);
    const record = { completedProjects, reviewCount, ratingSum };
    await updateRanks(api.db, [{ ...record, id: caller.id, rank: rank(record), answerSeconds: null }]);
    return caller.token;
  };

  beforeAll(async () => {
    api = await openApi('seeded');
  });
  afterAll(() => api.close());

  it('has the place of the catalog', async () => {
    const { rows } = await allPages<SeenPartner>(api, PARTNERS, { limit: '200' });
    for (const index of [0, 1, 57, rows.length - 1]) {
      const token = await createApiKey(api.db, { role: 'partner', partnerId: rows[index]?.id ?? '' });
      const seen = await look(token);
      expect([seen.place, seen.of]).toEqual([index + 1, rows.length]);
      const points = seen.parts.reduce((sum, part) => sum + part.points, 0);
      expect(points).toBeCloseTo(seen.rank, 1);
    }
  });

  it('is shared out over its parts, with the figures behind them', async () => {
    const { rank: total, parts } = await look(await withRecord(20, 12, 57));
    expect(total).toBe(79.22);
    expect(parts).toEqual([
      {
        code: 'rating',
        points: 52.94,
        max: 60,
        figures: { reviews: 12, average: 4.75, mean: 4.53 },
        explanation:
          '12 ratings that average 4.8, weighed together with the good start that every newcomer gets: 4.53.',
      },
      {
        code: 'projects',
        points: 16.49,
        max: 25,
        figures: { completed: 20 },
        explanation: '20 completed projects; the first ones count most.',
      },
      {
        code: 'reviews',
        points: 9.79,
        max: 15,
        figures: { reviews: 12 },
        explanation: '12 reviews; the first ones count most.',
      },
    ]);
  });

  it('tells a newcomer what comes next, in the reader’s language', async () => {
    const token = await withRecord(0, 0, 0);
    expect((await look(token)).advice).toEqual([
      'The next review with 5 stars adds 5.1 points.',
      'The next completed project adds 3.8 points.',
    ]);
    const portuguese = await look(token, 'pt');
    expect(portuguese.advice).toEqual([
      'A próxima avaliação com 5 estrelas soma 5,1 pontos.',
      'O próximo projeto concluído soma 3,8 pontos.',
    ]);
    expect(portuguese.parts.map(({ explanation }) => explanation)).toEqual([
      'Ainda sem avaliações: você começa com 4,0, como todo novo parceiro.',
      'Nenhum projeto concluído ainda; os primeiros são os que mais contam.',
      'Nenhuma avaliação ainda; as primeiras são as que mais contam.',
    ]);
  });

  it('promises what then happens', async () => {
    const before = await look(await withRecord(3, 1, 4));
    expect(before.advice[2]).toBe(
      'The clients of 2 completed projects have not left a review yet: a friendly reminder may help.',
    );
    const gains = before.advice.slice(0, 2).map((advice) => Number(/[\d.]+(?= points)/.exec(advice)?.[0]));
    const reviewed = await look(await withRecord(3, 2, 9));
    const completed = await look(await withRecord(4, 1, 4));
    expect(reviewed.rank - before.rank).toBeCloseTo(gains[0] ?? 0, 0.9);
    expect(completed.rank - before.rank).toBeCloseTo(gains[1] ?? 0, 0.9);
  });

  it('is silent about what would add nothing, and full at the top', async () => {
    const { rank: total, parts, advice } = await look(await withRecord(200, 5_000, 25_000));
    expect(total).toBeCloseTo(99.99, 1);
    for (const { points, max } of parts) expect(points).toBeCloseTo(max, 0);
    expect(advice).toEqual([]);
  });

  it('has no place for who is not listed', async () => {
    const caller = await newCaller(api, { listed: false });
    const before = await look(caller.token);
    expect(before.place).toBeNull();
    expect(before.advice[0]).toMatch(/^You are not listed/);
    const ties = [await newCaller(api, { rank: 200 }), await newCaller(api, { rank: 200 })];
    const seen = await Promise.all(ties.map(({ token }) => look(token)));
    expect(seen.map(({ place }) => place)).toEqual([1, 2]);
    expect(seen[0]?.of).toBe(before.of + 2);
  });
});
