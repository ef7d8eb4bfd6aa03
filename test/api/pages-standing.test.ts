import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../db/api-keys.ts';
import { funnelsOf } from '../../db/funnel.ts';
import { insertDeal } from '../helpers/admin-deals.ts';
import { openApi, type TestApi } from '../helpers/http-api.ts';
import { adminCookie } from '../helpers/page-session.ts';
import { textOf, visitor } from '../helpers/page-visitor.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';

const PATH = '/workspace/rank';

let api: TestApi;
beforeAll(async () => {
  api = await openApi('empty');
});
afterAll(() => api.close());

async function insertPartner(overrides: Parameters<typeof newPartner>[0] = {}): Promise<string> {
  const partner = newPartner(overrides);
  await insertPartners(api.db, [partner]);
  return partner.id;
}

interface Past {
  daysAgo: number;
  kind: string;
  /** Minutes that the answer took. */
  answered?: number;
  chosen?: boolean;
}

async function insertPast(partnerId: string, { daysAgo, kind, answered, chosen }: Past): Promise<void> {
  const { id, requestId } = await insertDeal(api.db, partnerId, { kind });
  await api.db.query(`update matches set created_at = now() - make_interval(days => $2) where id = $1`, [
    id,
    daysAgo,
  ]);
  await api.db.query(
    `update deals d set created_at = m.created_at, answered_at = m.created_at + make_interval(mins => $2)
     from matches m where m.id = d.id and d.id = $1`,
    [id, answered ?? null],
  );
  if (chosen) await api.db.query('update requests set chosen_match_id = $2 where id = $1', [requestId, id]);
}

describe('the funnel', () => {
  it('counts requests by when they came, and what became of each', async () => {
    const id = await insertPartner();
    const past: Past[] = [
      { daysAgo: 1, kind: 'new' },
      { daysAgo: 2, kind: 'in_progress', answered: 10, chosen: true },
      { daysAgo: 3, kind: 'lost', answered: 30 },
      { daysAgo: 89, kind: 'won', answered: 50 },
      { daysAgo: 91, kind: 'won', answered: 600, chosen: true },
      { daysAgo: 179, kind: 'lost' },
      { daysAgo: 400, kind: 'lost', chosen: true },
    ];
    for (const each of past) await insertPast(id, each);
    await insertPast(await insertPartner(), { daysAgo: 1, kind: 'won', answered: 1 });
    expect(await funnelsOf(api.db, id, 90)).toEqual({
      recent: { asked: 4, answered: 3, chosen: 2, won: 1, answerSeconds: 1800 },
      before: { asked: 2, answered: 1, chosen: 1, won: 1, answerSeconds: 36_000 },
      ever: { asked: 7, answered: 4, chosen: 4, won: 2, answerSeconds: 2400 },
    });
    const text = textOf((await (await visitor(api, id)).get(PATH)).text);
    expect(text).toContain('Compared with the 90 days before.');
    expect(text).toContain('Answered by you 3 75% of requests · before: 1, or 50%');
    expect(text).toContain('Median time to answer: 30 minutes (before: 10 hours)');
    expect(text).toContain('Chosen by the client 4 57% of requests');
  });

  it('counts matches that were never opened as deals', async () => {
    const id = await insertPartner();
    await insertPast(id, { daysAgo: 1, kind: 'new' });
    await api.db.query('delete from deals where partner_id = $1', [id]);
    const nothing = { answered: 0, chosen: 0, won: 0, answerSeconds: null };
    const { recent, before } = await funnelsOf(api.db, id, 90);
    expect([recent, before]).toEqual([
      { asked: 1, ...nothing },
      { asked: 0, ...nothing },
    ]);
  });

  it('compares with nothing where there is nothing, and says when there is nothing at all', async () => {
    const id = await insertPartner();
    const page = await visitor(api, id);
    expect(textOf((await page.get(PATH)).text)).toContain('No requests yet');
    await insertPast(id, { daysAgo: 100, kind: 'new' });
    expect(textOf((await page.get(PATH)).text)).toContain(
      'No requests in this period; 1 came in the one before.',
    );
    await insertPast(id, { daysAgo: 1, kind: 'new' });
    await api.db.query(`update matches set created_at = now() - interval '1 year'
      where created_at < now() - interval '50 days'`);
    const text = textOf((await page.get(PATH)).text);
    expect(text).not.toContain('before:');
    expect(text).not.toContain('Median time');
  });
});

describe('the rank page', () => {
  it('says what the API says', async () => {
    const seeded = await openApi('seeded');
    try {
      const [partner] = await seeded.db.query<{ id: string }>(
        'select id from partners where listed order by rank desc, id offset 4 limit 1',
      );
      const text = textOf((await (await visitor(seeded, partner?.id)).get(PATH)).text);
      const token = await createApiKey(seeded.db, { role: 'partner', partnerId: partner?.id ?? '' });
      const { body } = await seeded.call<{
        rank: number;
        of: number;
        parts: { explanation: string }[];
        advice: string[];
      }>('/api/v1/me/rank', { token });
      expect(text).toContain(`5 of ${body.of} partners`);
      expect(text).toContain(`${body.rank.toFixed(1)} of 100 points`);
      for (const words of [...body.parts.map(({ explanation }) => explanation), ...body.advice])
        expect(text).toContain(words);
    } finally {
      await seeded.close();
    }
  });

  it('is in both languages, also for who is not listed', async () => {
    const page = await visitor(api, await insertPartner({ listed: false }));
    expect((await page.get(PATH)).text).toContain('You are not listed in the catalog at the moment');
    const portuguese = await page.get(PATH, 'pt-BR');
    expect([portuguese.status, portuguese.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(portuguese.text).toContain('De onde vêm os seus pontos');
  });

  it('is its partner’s alone', async () => {
    expect((await (await visitor(api)).get(PATH)).headers.get('location')).toBe('/sign-in');
    const cookie = await adminCookie(api.db);
    expect((await api.call(PATH, { headers: { cookie } })).status).toBe(404);
  });
});
