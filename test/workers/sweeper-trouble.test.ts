import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { insertOutbox } from '../../db/outbox.ts';
import { sweep } from '../../workers/sweeper.ts';
import { onBothBackEnds } from '../helpers/backends.ts';
import { silentLog } from '../helpers/deps.ts';
import { effects, probe } from '../helpers/probe.ts';
import { until } from '../helpers/until.ts';
import { workshop, writes } from '../helpers/workshop.ts';

onBothBackEnds('the sweeper in trouble', (backEnd) => {
  test('puts up a promise whose delivery stands in no list, which the queue takes for there', async () => {
    const { db, queues, queue, sweepNow, everythingOverdue, work } = await workshop(backEnd);
    await sweepNow();
    const row = writes(1);
    await insertOutbox(db, [row]);
    await queues.put('probe', [row]);
    if (backEnd.kind === 'redis') {
      const redis = new Redis(backEnd.redis().url);
      await redis.del('{terna:probe}:probe:wait');
      redis.disconnect();
    } else await db.query('delete from bullmq.job');
    await everythingOverdue();
    await sweepNow();
    expect(await queue.getJobCounts('waiting')).toMatchObject({ waiting: 1 });
    work();
    await until(async () => (await effects(db)).length === 1);
  });

  // Only there do the workers' clocks say how long a lock lasts.
  if (backEnd.kind === 'postgres')
    test('does what a worker with a clock a year ahead held as it died', async () => {
      const { db, queues, sweepNow, work } = await workshop(backEnd);
      await sweepNow();
      const row = writes(1);
      await insertOutbox(db, [row]);
      await queues.put('probe', [row]);
      const ahead = Date.now() + 365 * 86_400_000;
      await db.query(
        `update bullmq.job set state = 'active', lock_token = 'of the dead', locked_until_ms = $1`,
        [ahead],
      );
      await db.query(
        `insert into bullmq.meta (queue, field, value) values ('probe', 'stalled-check', $1)
       on conflict (queue, field) do update set value = excluded.value`,
        [String(ahead)],
      );
      work();
      await until(async () => (await effects(db)).length === 1, { within: 15_000 });
    });

  test('looks again soon at what the queue would not say or take, however often that was', async () => {
    const { db, queues, sweepNow, everythingOverdue } = await workshop(backEnd);
    await sweepNow();
    await insertOutbox(db, [writes(1), writes(2)]);
    await db.query('update outbox set sweeps = 6');
    const deaf = {
      ...queues,
      state: async (job: string, id: string) => {
        const [row] = await db.query<{ payload: { n: number } }>('select payload from outbox where id = $1', [
          id,
        ]);
        if (row?.payload.n === 1) throw new Error('no answer');
        return queues.state(job, id);
      },
      put: () => Promise.reject(new Error('out of memory')),
    };
    await everythingOverdue();
    await sweep({ db, queues: deaf, log: silentLog, jobs: [probe], intervalMs: 200 });
    const rows = await db.query<{ soon: boolean; sweeps: number }>(
      `select sweep_at < now() + interval '6 seconds' as soon, sweeps from outbox`,
    );
    expect(rows).toEqual([
      { soon: true, sweeps: 6 },
      { soon: true, sweeps: 6 },
    ]);
  });
});
