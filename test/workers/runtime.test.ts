import type { BackendFactory, IQueueBackend } from 'bullmq';
import { expect, onTestFinished, test } from 'vitest';
import { transaction } from '../../jobs/transaction.ts';
import { startRuntime } from '../../workers/runtime.ts';
import { onBothBackEnds, type QueueBackEnd } from '../helpers/backends.ts';
import { testDatabase } from '../helpers/database.ts';
import { queuesInReach, workerDeps } from '../helpers/deps.ts';
import { effects, PROBE_TABLE, probe, probeHandler } from '../helpers/probe.ts';
import { startProcess } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

async function workshop(backEnd: QueueBackEnd) {
  const { url, db } = await testDatabase('empty');
  await db.query(PROBE_TABLE);
  if (backEnd.kind === 'redis') await backEnd.redis().flushAll();
  const queues = await queuesInReach(url, backEnd.redisUrl(), [probe]);
  const ask = (n: number, mode: 'write' | 'throw' | 'dawdle' = 'write') =>
    transaction({ db, queues }, 'job test', async (tx) => tx.enqueue(probe, { n, mode }));
  return { url, db, queues, ask };
}

onBothBackEnds('the runtime', (backEnd) => {
  test('does many jobs of a kind in few transactions', async () => {
    const { db, queues, ask } = await workshop(backEnd);
    await Promise.all(Array.from({ length: 200 }, (_, n) => ask(n)));
    const options = { queues, handlers: [probeHandler], concurrency: 50, jobLockMs: 5_000 };
    const runtime = startRuntime(workerDeps(db), options);
    onTestFinished(() => runtime.stop());
    await until(async () => (await effects(db)).length === 200);
    const [batches] = await db.query<{ n: number }>(
      'select count(distinct xmin::text)::int as n from probe_effects',
    );
    expect(batches?.n).toBeLessThan(60);
    expect(await effects(db)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  });

  test('makes a worker anew when it falls silent', async () => {
    const { db, queues, ask } = await workshop(backEnd);
    let hired = 0;
    // The first worker's loop hangs, as on a socket that is half open: it neither works nor fails.
    const hanging: BackendFactory<IQueueBackend> = (...made) => {
      const backend = queues.backend.factory(...made);
      hired += 1;
      if (hired === 1) {
        backend.moveToActive = () => new Promise(() => undefined);
        backend.waitForJob = () => new Promise(() => undefined);
      }
      return backend;
    };
    const backend = { ...queues.backend, factory: hanging };
    const options = {
      queues: { ...queues, backend },
      handlers: [probeHandler],
      concurrency: 5,
      jobLockMs: 1_000,
    };
    const runtime = startRuntime(workerDeps(db), options);
    onTestFinished(() => runtime.stop());
    await ask(1);
    await until(async () => (await effects(db)).length === 1, { within: 25_000 });
    expect(hired).toBe(2);
    expect(runtime.silentMs()).toBeLessThan(6_000);
  });

  test('on SIGTERM finishes what is under way and leaves nothing stalled', async () => {
    const { url, db, queues, ask } = await workshop(backEnd);
    const settings = { DATABASE_URL: url, REDIS_URL: backEnd.redisUrl(), WORKER_CONCURRENCY: '1' };
    const worker = startProcess('test/helpers/probe-worker.ts', settings);
    onTestFinished(() => worker.kill());
    await worker.says('probe worker ready');
    await ask(1, 'dawdle');
    await ask(2);
    const [queue] = queues.board();
    await until(async () => (await queue?.getJobCounts('active'))?.active === 1);
    const began = Date.now();
    await worker.kill('SIGTERM');
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(worker.output()).toContain('probe worker stopped');
    expect(await effects(db)).toContain(1);
    expect((await queue?.getJobCounts('active'))?.active).toBe(0);
  });
});
