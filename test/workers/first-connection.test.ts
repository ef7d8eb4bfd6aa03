import { expect, onTestFinished, test } from 'vitest';
import { openQueues } from '../../jobs/queues.ts';
import { transaction } from '../../jobs/transaction.ts';
import { startRuntime } from '../../workers/runtime.ts';
import { startProxy } from '../faults/proxy.ts';
import { testDatabase } from '../helpers/database.ts';
import { silentLog, workerDeps } from '../helpers/deps.ts';
import { effects, PROBE_TABLE, probe, probeHandler } from '../helpers/probe.ts';
import { until } from '../helpers/until.ts';

// Seen in a fault run: BullMQ keeps the failure of its first connection for ever, and its loop spun on it.
test('a worker that starts while Postgres breaks connections off lets the process live, and works afterwards', async () => {
  const { url, db } = await testDatabase('empty');
  await db.query(PROBE_TABLE);
  const wire = await startProxy(Number(new URL(url).port));
  onTestFinished(() => wire.close());
  wire.behave('refuse');
  const broken = new URL(url);
  broken.port = String(wire.port);
  const queues = openQueues({ databaseUrl: broken.href }, silentLog, [probe]);
  const runtime = startRuntime(workerDeps(db), {
    queues,
    handlers: [probeHandler],
    concurrency: 5,
    jobLockMs: 3_000,
    silentAfterMs: 1_500,
  });
  onTestFinished(async () => {
    await runtime.stop();
    await queues.close();
  });

  // Timers fire, so the event loop turns.
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 10);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  clearInterval(turning);
  expect(turns).toBeGreaterThan(50);

  wire.behave('carry');
  await transaction({ db, queues }, 'job test', async (tx) => tx.enqueue(probe, { n: 1, mode: 'write' }));
  // The first command finds the queue's object dead and makes it anew; the next one gets there.
  await until(async () => {
    const row = await db.query<{ id: string; job: string; payload: unknown }>(
      'select id, job, payload from outbox',
    );
    for (const { id, job, payload } of row)
      await queues.put(job, [{ id, job, payload, delayMs: 0 }]).catch(() => undefined);
    return (await effects(db)).length === 1;
  });
});
