import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { insertOutbox } from '../../db/outbox.ts';
import { JOBS } from '../../jobs/registry.ts';
import { transaction } from '../../jobs/transaction.ts';
import { startRuntime } from '../../workers/runtime.ts';
import { startSweeper, sweep } from '../../workers/sweeper.ts';
import { testDatabase } from '../helpers/database.ts';
import { queuesInReach, silentLog, workerDeps } from '../helpers/deps.ts';
import { effects, PROBE_TABLE, probe, probeHandler } from '../helpers/probe.ts';
import { hasRedis } from '../helpers/redis.ts';
import { type RedisCluster, startRedisCluster } from '../helpers/redis-cluster.ts';
import { until } from '../helpers/until.ts';

// One queue on each of the three nodes.
const KINDS = ['probe', 'probe-2', 'probe-4'].map((name) => ({ ...probe, name }));

describe.skipIf(!hasRedis)('queues on a Redis Cluster of three nodes', () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster();
  });
  afterAll(() => cluster?.stop());

  /** The names of the queues that have keys on each node. */
  const queuesByNode = async () => (await slotsByNode()).map((slots) => [...slots.keys()].sort());

  /** The same, each with the slots that its keys are in. */
  const slotsByNode = () =>
    Promise.all(
      cluster.nodes.map(async ({ url }) => {
        const redis = new Redis(url);
        const slots = new Map<string, Set<unknown>>();
        for (const key of await redis.keys('*')) {
          const queue = /^\{terna:(.*?)\}/.exec(key)?.[1] ?? key;
          const slot = await redis.call('cluster', 'keyslot', key);
          slots.set(queue, (slots.get(queue) ?? new Set()).add(slot));
        }
        redis.disconnect();
        return slots;
      }),
    );

  async function clusterWorkshop() {
    const { url, db } = await testDatabase('empty');
    await db.query(PROBE_TABLE);
    const queues = await queuesInReach(url, cluster.url, KINDS);
    const options = { db, queues, log: silentLog, jobs: KINDS, intervalMs: 200 };
    return {
      db,
      queues,
      promise: (kind: number, n: number) =>
        transaction({ db, queues }, 'job test', async (tx) =>
          tx.enqueue(KINDS[kind] ?? probe, { n, mode: 'write' }),
        ),
      sweepNow: () => sweep(options),
      work() {
        const runtime = startRuntime(workerDeps(db, { queues }), {
          queues,
          handlers: KINDS.map((job) => ({ ...probeHandler, job })),
          concurrency: 10,
          jobLockMs: 3_000,
        });
        const sweeper = startSweeper(options);
        onTestFinished(async () => {
          await Promise.all([runtime.stop(), sweeper.stop()]);
        });
      },
    };
  }

  test('are worked through, each on a node of its own', async () => {
    const { db, promise, work, queues } = await clusterWorkshop();
    await queues.backend.ask();
    work();
    for (let n = 0; n < 30; n++) await promise(n % 3, n);
    await until(async () => (await effects(db)).length === 30);
    const nodes = await slotsByNode();
    expect(nodes.map(({ size }) => size)).toEqual([1, 1, 1]);
    expect(nodes.flatMap((slots) => [...slots.keys()]).sort()).toEqual(KINDS.map(({ name }) => name));
    expect(nodes.flatMap((slots) => [...slots.values()].map(({ size }) => size))).toEqual([1, 1, 1]);
  });

  test('lose nothing when one node is wiped: its queue is filled again, and only that', async () => {
    const { db, sweepNow, queues, work } = await clusterWorkshop();
    await sweepNow();
    const rows = KINDS.flatMap(({ name }, kind) =>
      Array.from({ length: 20 }, (_, n) => ({
        id: `01a20000-0000-7000-8000-${String(kind * 100 + n).padStart(12, '0')}`,
        job: name,
        payload: { n: kind * 100 + n, mode: 'write' },
        delayMs: 0,
      })),
    );
    await insertOutbox(db, rows);
    for (const { name } of KINDS)
      await queues.put(
        name,
        rows.filter(({ job }) => job === name),
      );
    const before = await queuesByNode();
    await cluster.nodes[1]?.flushAll();
    expect((await queuesByNode())[1]).toEqual([]);
    await sweepNow();
    expect(await queuesByNode()).toEqual(before);
    work();
    await until(async () => (await effects(db)).length === 60);
    expect(new Set(await effects(db)).size).toBe(60);
  });

  test('go on while one node is away, and with all when it is back, empty', async () => {
    const { db, promise, work } = await clusterWorkshop();
    work();
    const [away] = cluster.nodes.slice(2);
    await promise(0, 0);
    await until(async () => (await effects(db)).length === 1);
    await away?.kill();
    for (let n = 1; n <= 6; n++) await promise(n % 3, n);
    await until(async () => (await effects(db)).length >= 5);
    await away?.start();
    await until(async () => (await effects(db)).length === 7, { within: 60_000 });
  });

  test('that the program itself has are spread over all nodes, each within one slot', async () => {
    const redis = new Redis(cluster.nodes[0]?.url ?? '');
    onTestFinished(() => redis.disconnect());
    const slots = await Promise.all(
      JOBS.map(({ name }) => redis.call('cluster', 'keyslot', `{terna:${name}}:${name}:wait`)),
    );
    expect(new Set(slots).size).toBe(JOBS.length);
    expect(new Set(slots.map((slot) => Math.floor((Number(slot) * 3) / 16_384))).size).toBe(3);
  });
});
