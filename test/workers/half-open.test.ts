import { describe, expect, onTestFinished, test } from 'vitest';
import { connect, type Database } from '../../db/connect.ts';
import { insertOutbox } from '../../db/outbox.ts';
import { transaction } from '../../jobs/transaction.ts';
import { startRuntime } from '../../workers/runtime.ts';
import { sweep } from '../../workers/sweeper.ts';
import { pause } from '../faults/pause.ts';
import { startProxy } from '../faults/proxy.ts';
import { testDatabase } from '../helpers/database.ts';
import { silentLog, testQueues, workerDeps } from '../helpers/deps.ts';
import { effects, PROBE_TABLE, probe, probeHandler } from '../helpers/probe.ts';
import { until } from '../helpers/until.ts';
import { writes } from '../helpers/workshop.ts';

/** A database, and the way to it over a wire that can be broken. */
async function overWire() {
  const { url, db } = await testDatabase('empty');
  await db.query(PROBE_TABLE);
  const wire = await startProxy(Number(new URL(url).port));
  onTestFinished(() => wire.close());
  const wired = new URL(url);
  wired.port = String(wire.port);
  return { url, db, wire, wired: wired.href };
}

describe('connections to Postgres that are half open', () => {
  // Seen in a fault run: wiped queues were filled no more, by nobody.
  test('do not keep the lock of who fills a wiped queue', async () => {
    const { url, db, wire, wired } = await overWire();
    await insertOutbox(db, [writes(1)]);
    const queues = testQueues(url, undefined, [probe]);
    /** One round; `inside` runs while it has the lock. */
    const sweepOver = (way: Database, inside: () => void) =>
      sweep({
        db: way,
        queues: { ...queues, put: async () => inside() },
        log: silentLog,
        jobs: [probe],
        intervalMs: 1_000,
      });
    const lost = connect(wired, 1);
    onTestFinished(() => lost.close());
    await expect(sweepOver(lost, () => wire.behave('half-open'))).rejects.toThrow('timeout');

    // Nor is it looked at as an overdue row.
    await db.query(`update outbox set sweep_at = now() + interval '1 day'`);
    let filled = false;
    const sweepAgain = () =>
      sweepOver(db, () => {
        filled = true;
      });
    await sweepAgain();
    expect(filled).toBe(false);
    await until(
      async () => {
        await sweepAgain();
        return filled;
      },
      { within: 25_000, every: 500 },
    );
  });

  test('leave workers deaf for no longer than it takes to ask', async () => {
    const { db, wire, wired } = await overWire();
    const queues = testQueues(wired, undefined, [probe]);
    const runtime = startRuntime(workerDeps(db), {
      queues,
      handlers: [probeHandler],
      concurrency: 5,
      jobLockMs: 15_000,
    });
    onTestFinished(() => runtime.stop());
    const pickupMs = async (n: number) => {
      const began = Date.now();
      await transaction({ db, queues }, 'job test', async (tx) => tx.enqueue(probe, { n, mode: 'write' }));
      await until(async () => (await effects(db)).includes(n), { every: 5 });
      return Date.now() - began;
    };
    await pickupMs(1);
    wire.behave('half-open');
    wire.behave('carry');
    await pause(12_000);
    // The first finds the connections on which things are put up dead as well, and is put up by the sweeper: not here.
    await queues.backend.ask().catch(() => undefined);
    await pause(1_000);
    const times = [];
    for (const n of [2, 3, 4, 5, 6]) times.push(await pickupMs(n));
    expect(Math.max(...times)).toBeLessThan(1_000);
  });
});
