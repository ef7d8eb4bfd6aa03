import { type Job as Delivery, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { insertOutbox } from '../../db/outbox.ts';
import type { Queues } from '../../jobs/queues.ts';
import { transaction } from '../../jobs/transaction.ts';
import { onBothBackEnds } from '../helpers/backends.ts';
import { effects, probe } from '../helpers/probe.ts';
import { until } from '../helpers/until.ts';
import { workshop, writes } from '../helpers/workshop.ts';

onBothBackEnds('the sweeper', (backEnd) => {
  test('brings back a promise that never reached its queue', async () => {
    const { db, queue, sweepNow, everythingOverdue } = await workshop(backEnd);
    await sweepNow();
    await insertOutbox(db, [writes(1)]);
    await sweepNow();
    expect(await queue.getJobCounts('waiting')).toMatchObject({ waiting: 0 });
    await everythingOverdue();
    await sweepNow();
    await until(async () => (await queue.getJobCounts('waiting')).waiting === 1);
  });

  test('leaves a delivery that waits its turn, and replaces one that ended while its row still stands', async () => {
    const { db, queues, queue, sweepNow, everythingOverdue, work } = await workshop(backEnd);
    const row = writes(2);
    await insertOutbox(db, [row]);
    await queues.put('probe', [row]);
    await everythingOverdue();
    await sweepNow();
    expect(await queue.getJobCounts('waiting')).toMatchObject({ waiting: 1 });

    await finishIdly(queues);
    await everythingOverdue();
    await sweepNow();
    work();
    await until(async () => (await effects(db)).length === 1);
    expect(await effects(db)).toEqual([2]);
  });

  test('finds in a long queue who is gone, finished or overslept, and reads no list for it', async () => {
    const { db, queues, queue, sweepNow, everythingOverdue } = await workshop(backEnd);
    await sweepNow();
    const [finished, gone, asleep, ...others] = Array.from({ length: 1_104 }, (_, n) => writes(n));
    if (!finished || !gone || !asleep) throw new Error('nobody');
    await queues.put('probe', [finished]);
    await finishIdly(queues);
    await queues.put('probe', [{ ...asleep, delayMs: 3_600_000 }, ...others]);
    await insertOutbox(db, [finished, gone, asleep, ...others.slice(0, 50)]);
    await everythingOverdue();
    const before = await searches();
    await sweepNow();
    expect(await queue.getJobCounts('waiting', 'delayed', 'completed')).toEqual({
      waiting: 1_104,
      delayed: 0,
      completed: 0,
    });
    expect(await searches()).toBe(before);
  });

  /** How often Redis has looked for something in a list so far. */
  async function searches(): Promise<number> {
    if (backEnd.kind === 'postgres') return 0;
    const redis = new Redis(backEnd.redis().url);
    const stats = await redis.info('commandstats');
    redis.disconnect();
    return [...stats.matchAll(/cmdstat_(?:lpos|lrem):calls=(\d+)/g)].reduce(
      (sum, [, n]) => sum + Number(n),
      0,
    );
  }

  test('wakes a delivery that sleeps past its time', async () => {
    const { db, queues, queue, sweepNow, everythingOverdue } = await workshop(backEnd);
    const row = writes(3);
    await insertOutbox(db, [row]);
    await queues.put('probe', [{ ...row, delayMs: 3_600_000 }]);
    await everythingOverdue();
    await sweepNow();
    await until(async () => (await queue.getJobCounts('waiting', 'delayed')).delayed === 0);
  });

  test('fills a wiped queue at once, delayed rows included, and only once', async () => {
    const { db, queue, sweepNow } = await workshop(backEnd);
    await insertOutbox(db, [writes(4), writes(5), { ...writes(6), delayMs: 3_600_000 }]);
    await sweepNow();
    expect(await queue.getJobCounts('waiting', 'delayed')).toMatchObject({ waiting: 2, delayed: 1 });
    await queue.obliterate({ force: true });
    expect(await queue.getJobCounts('waiting', 'delayed')).toMatchObject({ waiting: 0, delayed: 0 });
    await sweepNow();
    expect(await queue.getJobCounts('waiting', 'delayed')).toMatchObject({ waiting: 2, delayed: 1 });
    await db.query('delete from outbox');
    await queue.drain(true);
    await sweepNow();
    expect(await queue.getJobCounts('waiting', 'delayed')).toMatchObject({ waiting: 0, delayed: 0 });
  });

  test('looks ever more rarely, but at least every ten minutes', async () => {
    const { db, sweepNow, everythingOverdue } = await workshop(backEnd);
    await insertOutbox(db, [writes(7)]);
    const pauses: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      await everythingOverdue();
      await sweepNow();
      const [row] = await db.query<{ s: number }>(
        'select extract(epoch from sweep_at - now())::float8 as s from outbox',
      );
      pauses.push(Math.round(row?.s ?? 0));
    }
    expect(pauses).toEqual([10, 20, 40, 80, 160, 320, 600, 600, 600]);
  });

  test('promises recurring work once per period, whoever asks, also after it was done', async () => {
    const { db, sweepNow } = await workshop(backEnd, { ...probe, everyMs: 3_600_000 });
    await Promise.all([sweepNow(), sweepNow(), sweepNow()]);
    await sweepNow();
    const rows = await db.query<{ key: string; wait: number }>(
      'select key, extract(epoch from run_at - now())::float8 as wait from outbox',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.key).toMatch(/^probe@\d{4}-\d\d-\d\dT\d\d:00:00Z$/);
    expect(rows[0]?.wait).toBeGreaterThan(0);
    expect(rows[0]?.wait).toBeLessThanOrEqual(3_600);
  });
});

/** Finishes all that wait although nothing is done: as after a lost commit. */
async function finishIdly(queues: Queues): Promise<void> {
  const { workerOptions, factory } = queues.backend;
  const liar = new Worker('probe', async () => undefined, workerOptions('probe'), factory as never);
  const [queue] = queues.board();
  await until(async () => (await queue?.getJobCounts('completed'))?.completed === 1);
  await liar.close();
}

onBothBackEnds('a failed job', (backEnd) => {
  test('keeps its row with the reason, is left alone, and is done after a retry on the board', async () => {
    const { db, queues, queue, sweepNow, everythingOverdue, work } = await workshop(backEnd);
    work();
    await transaction({ db, queues }, 'job test', async (tx) => tx.enqueue(probe, { n: 8, mode: 'throw' }));
    const failed = () =>
      db.query<{ id: string; error: string }>('select id, error from outbox where failed_at is not null');
    const [row] = await until(async () => ((await failed()).length === 1 ? failed() : undefined));
    expect(row?.error).toBe('this payload throws');

    await until(async () => (await queue.getJobCounts('failed')).failed === 1);
    await everythingOverdue();
    await sweepNow();
    expect(await queue.getJobCounts('failed', 'waiting')).toMatchObject({ failed: 1, waiting: 0 });

    await db.query(`update outbox set payload = '{"n": 8, "mode": "write"}'`);
    const delivery = (await queue.getJob(row?.id ?? '')) as Delivery;
    expect(delivery.failedReason).toBe('this payload throws');
    await delivery.retry();
    await until(async () => (await effects(db)).length === 1);
    expect(await db.query('select id from outbox')).toEqual([]);
  });

  test('added to the queue by hand, without a promise, ends as failed and hurts nobody', async () => {
    const { db, queues, queue, work } = await workshop(backEnd);
    await queue.add('probe', { n: 9, mode: 'write' });
    work();
    await transaction({ db, queues }, 'job test', async (tx) => tx.enqueue(probe, { n: 10, mode: 'write' }));
    await until(async () => (await queue.getJobCounts('failed')).failed === 1);
    await until(async () => (await effects(db)).length === 1);
    expect(await effects(db)).toEqual([10]);
  });
});
