import { describe, expect, onTestFinished, test } from 'vitest';
import { HANDLERS } from '../../workers/handlers.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { deliver } from '../helpers/outbox.ts';
import { startProcess } from '../helpers/processes.ts';
import { picture, SCENARIOS, type Scenario } from '../helpers/scenarios.ts';
import { until } from '../helpers/until.ts';

test('every handler has a scenario', () => {
  expect(SCENARIOS.map(({ handler }) => handler)).toEqual(HANDLERS);
});

async function prepared(scenario: Scenario) {
  const { url, db } = await testDatabase('empty');
  const deps = workerDeps(db);
  return { url, db, deps, ...(await scenario.prepare(deps)) };
}

/** What one single delivery leaves behind. */
async function onceDone(scenario: Scenario): Promise<unknown> {
  const { db, deps, id } = await prepared(scenario);
  expect(await deliver(deps, scenario.handler, [id])).toEqual([{ kind: 'done' }]);
  return picture(db);
}

describe.each(SCENARIOS)('$handler.job.name', (scenario) => {
  const { handler } = scenario;

  test('delivered twice does its work once', async () => {
    const { db, deps, id } = await prepared(scenario);
    await deliver(deps, handler, [id]);
    expect(await deliver(deps, handler, [id])).toEqual([{ kind: 'done' }]);
    expect(await picture(db)).toEqual(await onceDone(scenario));
  });

  test('delivered five times at once, in company too, does its work once', async () => {
    const { db, deps, id } = await prepared(scenario);
    const outcomes = (await Promise.all([1, 2, 3, 4, 5].map(() => deliver(deps, handler, [id])))).flat();
    expect(outcomes.filter(({ kind }) => kind === 'done').length).toBeGreaterThan(0);
    expect(outcomes.filter(({ kind }) => kind !== 'done' && kind !== 'not-now')).toEqual([]);
    expect(await picture(db)).toEqual(await onceDone(scenario));
  });

  test('promoted before its time stays for its time', async () => {
    const { db, deps, id } = await prepared(scenario);
    const before = await picture(db);
    await db.query(`update outbox set run_at = now() + interval '1 hour' where id = $1`, [id]);
    const [outcome] = await deliver(deps, handler, [id]);
    expect(outcome).toMatchObject({ kind: 'not-now', why: 'not due' });
    expect(outcome?.kind === 'not-now' && outcome.ms).toBeGreaterThan(3_590_000);
    expect(await picture(db)).toEqual(before);
  });

  test('frozen in the middle blocks nobody, and is done once by another', async () => {
    const { url, db, deps, id, other } = await prepared(scenario);
    const frozen = startProcess('test/helpers/freezing-worker.ts', {
      DATABASE_URL: url,
      JOB: handler.job.name,
      ID: id,
    });
    onTestFinished(() => frozen.kill());
    await frozen.says('frozen');

    const began = Date.now();
    expect(await deliver(deps, handler, [id])).toMatchObject([{ kind: 'not-now', why: 'in work elsewhere' }]);
    expect(await deliver(deps, handler, [other])).toEqual([{ kind: 'done' }]);
    expect(Date.now() - began).toBeLessThan(1_000);

    // Postgres ends a transaction that idles for 5 s; then the job is anybody's.
    await until(async () => (await deliver(deps, handler, [id]))[0]?.kind === 'done', {
      within: 10_000,
      every: 250,
    });
    const settled = await picture(db);

    frozen.signal('SIGCONT');
    await frozen.says(/outcome \{"kind":"(not-now|done)"/);
    expect(await picture(db)).toEqual(settled);

    const { db: db2, deps: deps2, id: id2, other: other2 } = await prepared(scenario);
    await deliver(deps2, handler, [id2, other2]);
    expect(settled).toEqual(await picture(db2));
  });
});
