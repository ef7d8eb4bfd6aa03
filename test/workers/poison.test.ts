import { expect, onTestFinished, test } from 'vitest';
import { transaction } from '../../jobs/transaction.ts';
import { onBothBackEnds } from '../helpers/backends.ts';
import { testDatabase } from '../helpers/database.ts';
import { queuesInReach } from '../helpers/deps.ts';
import { effects, PROBE_TABLE, probe } from '../helpers/probe.ts';
import { startProcess, supervise } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

onBothBackEnds('poison', (backEnd) => {
  test('one payload that throws and one that kills the process, among 100 good ones: the good are done, the bad end as failed', async () => {
    const { url, db } = await testDatabase('empty');
    await db.query(PROBE_TABLE);
    const queues = await queuesInReach(url, backEnd.redisUrl(), [probe]);

    const good = Array.from({ length: 100 }, (_, n) => n);
    await transaction({ db, queues }, 'job test', async (tx) => {
      for (const n of good.slice(0, 50)) tx.enqueue(probe, { n, mode: 'write' });
      tx.enqueue(probe, { n: 1_000, mode: 'throw' });
      tx.enqueue(probe, { n: 1_001, mode: 'die' });
      for (const n of good.slice(50)) tx.enqueue(probe, { n, mode: 'write' });
    });

    const settings = {
      DATABASE_URL: url,
      REDIS_URL: backEnd.redisUrl(),
      JOB_LOCK: 'PT1.5S',
      SWEEP_INTERVAL: 'PT0.5S',
    };
    const worker = supervise(() => startProcess('test/helpers/probe-worker.ts', settings));
    onTestFinished(() => worker.stop());

    const left = () =>
      db.query<{ mode: string; error: string; failed: boolean; attempts: number }>(
        `select payload ->> 'mode' as mode, error, failed_at is not null as failed, attempts from outbox order by id`,
      );
    await until(async () => (await left()).filter((row) => !row.failed).length === 0, {
      within: 50_000,
      what: 'all settled',
    });

    expect(await effects(db)).toEqual(good);
    expect(await left()).toEqual([
      { mode: 'throw', failed: true, attempts: 3, error: 'this payload throws' },
      { mode: 'die', failed: true, attempts: 1, error: expect.stringContaining('stalled 5 times') },
    ]);
    // In company once, alone four times.
    expect(worker.deaths()).toBe(5);
  }, 80_000);
});
