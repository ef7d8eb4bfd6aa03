import { expect, test } from 'vitest';
import { createDeal } from '../../jobs/create-deal.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { createDealHandler } from '../../workers/create-deal.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { testDatabase } from '../helpers/database.ts';
import { bothOrders, watched } from '../helpers/life-race.ts';
import { topDeps } from '../helpers/life-story.ts';
import { deliver, promised } from '../helpers/outbox.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { newRequest, takeIn } from '../helpers/requests.ts';

test('two first leads of one partner at once make one pipeline, whichever is first', async () => {
  const { db, codes } = watched((await testDatabase('empty')).db);
  const deps = topDeps(db);
  const prepare = async () => {
    await db.query('delete from outbox; delete from requests; delete from partners');
    const partner = newPartner();
    await insertPartners(db, [partner]);
    await takeIn(deps, [newRequest(), newRequest()]);
    await deliver(deps, matchRequestHandler, await promised(db, matchRequest));
    const jobs = await promised(db, createDeal);
    expect(jobs).toHaveLength(2);
    return { db, jobs, held: { table: 'partners' as const, id: partner.id } };
  };
  const open =
    (index: number) =>
    ({ jobs }: { jobs: string[] }) =>
      deliver(deps, createDealHandler, jobs.slice(index, index + 1));
  await bothOrders(prepare, open(0), open(1), async (_, answers) => {
    expect(answers).toEqual([[{ kind: 'done' }], [{ kind: 'done' }]]);
    const [counts] = await db.query(
      `select (select count(*)::int from pipelines) as pipelines, (select count(*)::int from stages) as stages,
         (select count(*)::int from deals where kind = 'new') as deals`,
    );
    expect(counts).toEqual({ pipelines: 1, stages: 4, deals: 2 });
  });
  expect(codes).toEqual([]);
});
