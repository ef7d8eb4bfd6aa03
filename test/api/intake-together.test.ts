import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, onTestFinished, test } from 'vitest';
import { openIntake } from '../../api/intake.ts';
import { Problem } from '../../api/problem.ts';
import { requestBody as schema } from '../../api/schemas.ts';
import { readConfig } from '../../config.ts';
import { PASSING } from '../../db/points.ts';
import { testDatabase } from '../helpers/database.ts';
import { silentLog, testQueues } from '../helpers/deps.ts';
import { insertPartners, newPartner } from '../helpers/partners.ts';
import { requestBody } from '../helpers/requests.ts';

async function intake() {
  const { url, db } = await testDatabase('empty');
  const takeIn = openIntake({
    db,
    queues: testQueues(url, undefined),
    log: silentLog,
    config: readConfig({}),
  });
  let commits = 0;
  const count = (point: unknown) => {
    if (point === 'after intake') commits += 1;
  };
  subscribe(PASSING, count);
  onTestFinished(() => void unsubscribe(PASSING, count));
  const call = (more: object = {}, key?: string) =>
    takeIn({ body: schema.parse({ ...requestBody(), ...more }), locale: 'en', key });
  return { db, call, commits: () => commits };
}

const count = 'select count(*)::int as n from';

test('requests that come at the same moment are committed together, and each has its own answer', async () => {
  const { db, call, commits } = await intake();
  const [full, gone] = [newPartner({ accepting: false }), newPartner({})];
  await insertPartners(db, [full]);
  const good = Array.from({ length: 60 }, () => call());
  const refused = [call({ partnerId: full.id }), call({ partnerId: gone.id })];
  const twice = [call({}, 'same'), call({}, 'same')];

  const accepted = await Promise.all(good);
  expect(new Set(accepted.map(({ id }) => id)).size).toBe(60);
  expect(new Set(accepted.map(({ accessToken }) => accessToken)).size).toBe(60);
  const problems = await Promise.all(refused.map((each) => each.catch((problem: Problem) => problem.code)));
  expect(problems).toEqual(['not_accepting', 'invalid']);
  const [once, again] = await Promise.allSettled(twice);
  expect(once?.status).toBe('fulfilled');
  expect(again).toMatchObject({ status: 'rejected', reason: { code: 'in_flight' } });

  expect(commits()).toBeLessThanOrEqual(3);
  for (const table of ['requests', 'outbox', 'access_tokens'])
    expect(await db.query(`${count} ${table}`)).toEqual([{ n: 61 }]);
  expect(await db.query(`${count} idempotency_keys`)).toEqual([{ n: 1 }]);
});

test('one that breaks the commit costs the others nothing', async () => {
  const { db, call } = await intake();
  await db.query(`alter table requests add constraint planted check (title <> 'breaks')`);
  const project = { title: 'breaks', description: 'A row that Postgres refuses.' };
  const answers = await Promise.allSettled([call(), call({ project }), call()]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(answers[1]).not.toMatchObject({ reason: expect.any(Problem) });
  expect(await db.query(`${count} requests`)).toEqual([{ n: 2 }]);
});
