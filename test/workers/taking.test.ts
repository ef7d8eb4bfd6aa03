import pg from 'pg';
import { expect, test } from 'vitest';
import type { Database } from '../../db/connect.ts';
import { transaction } from '../../jobs/transaction.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { deliver, promised } from '../helpers/outbox.ts';
import { effects, PROBE_TABLE, probe, probeHandler } from '../helpers/probe.ts';

async function withProbes(modes: ('write' | 'throw')[]) {
  const { url, db } = await testDatabase('empty');
  await db.query(PROBE_TABLE);
  const deps = workerDeps(db);
  await transaction(deps, 'job test', async (tx) => {
    for (const [n, mode] of modes.entries()) tx.enqueue(probe, { n, mode });
  });
  return { url, db, deps, ids: await promised(db, probe) };
}

test('a batch with one bad payload is halved until the bad one stands alone', async () => {
  const { db, deps, ids } = await withProbes([
    'write',
    'write',
    'write',
    'throw',
    'write',
    'write',
    'write',
    'write',
  ]);
  const outcomes = await deliver(deps, probeHandler, ids);
  expect(outcomes.map(({ kind }) => kind)).toEqual([
    'done',
    'done',
    'done',
    'retry',
    'done',
    'done',
    'done',
    'done',
  ]);
  expect(await effects(db)).toEqual([0, 1, 2, 4, 5, 6, 7]);
  const [batches] = await db.query<{ batch: number }>('select max(batch) as batch from probe_effects');
  expect(batches?.batch).toBe(4);
  expect(await db.query('select attempts, error from outbox')).toEqual([
    { attempts: 1, error: 'this payload throws' },
  ]);
});

test('a failed attempt is due again only after its pause, and the last one is final', async () => {
  const { db, deps, ids } = await withProbes(['throw']);
  const [first] = await deliver(deps, probeHandler, ids);
  expect(first).toMatchObject({ kind: 'retry' });
  expect(first?.kind === 'retry' && first.ms).toBeLessThanOrEqual(100);
  expect(await deliver(deps, probeHandler, ids)).toMatchObject([{ kind: 'not-now', why: 'not due' }]);
  await db.query('update outbox set run_at = now()');
  expect(await deliver(deps, probeHandler, ids)).toMatchObject([{ kind: 'retry' }]);
  await db.query('update outbox set run_at = now()');
  expect(await deliver(deps, probeHandler, ids)).toMatchObject([{ kind: 'failed' }]);
  expect(await db.query('select failed_at is not null as failed from outbox')).toEqual([{ failed: true }]);
});

test('one that failed alone before takes nobody along when it is tried again', async () => {
  const { db, deps, ids } = await withProbes(['write', 'throw', 'write', 'write']);
  await db.query('update outbox set attempts = 1 where id = $1', [ids[1]]);
  const outcomes = await deliver(deps, probeHandler, ids);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'retry', 'done', 'done']);
  expect(await db.query('select distinct batch from probe_effects')).toEqual([{ batch: 3 }]);
});

test('a payload that does not fit its contract fails at once and alone', async () => {
  const { db, deps, ids } = await withProbes(['write', 'write']);
  await db.query(`update outbox set payload = '{"n": "one"}' where id = $1`, [ids[0]]);
  expect(await deliver(deps, probeHandler, ids)).toMatchObject([{ kind: 'failed' }, { kind: 'done' }]);
  const [row] = await db.query<{ error: string }>('select error from outbox where failed_at is not null');
  expect(row?.error).toContain('payload does not fit probe');
  expect(await effects(db)).toEqual([1]);
});

test('when the connection is lost the batch is put off whole: no attempt is used, nothing is tried again', async () => {
  const { url, db, deps, ids } = await withProbes(['write', 'write', 'write', 'write']);
  let transactions = 0;
  const cut: Database = {
    ...db,
    transaction: (point, work) =>
      db.transaction(point, async (sql) => {
        transactions += 1;
        await work(sql);
        const [self] = await sql.query<{ pid: number }>('select pg_backend_pid() as pid');
        const admin = new pg.Client({ connectionString: url });
        await admin.connect();
        await admin.query('select pg_terminate_backend($1)', [self?.pid]);
        await admin.end();
        return sql.query('select 1') as never;
      }),
  };
  const outcomes = await deliver({ ...deps, db: cut }, probeHandler, ids);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['not-now', 'not-now', 'not-now', 'not-now']);
  expect(transactions).toBe(1);
  expect(await effects(db)).toEqual([]);
  expect(await db.query('select distinct attempts from outbox')).toEqual([{ attempts: 0 }]);
  expect(await deliver(deps, probeHandler, ids)).toMatchObject(ids.map(() => ({ kind: 'done' })));
});
