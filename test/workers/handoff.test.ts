import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Outstanding } from '../../db/outbox-sweep.ts';
import { defineJob } from '../../jobs/contract.ts';
import type { Queues } from '../../jobs/queues.ts';
import { transaction } from '../../jobs/transaction.ts';
import type { Handler } from '../../workers/handler.ts';
import { handoff } from '../../workers/handoff.ts';
import { PermanentError } from '../../workers/outcome.ts';
import { outside } from '../../workers/outside.ts';
import { startRuntime } from '../../workers/runtime.ts';
import { transactional } from '../../workers/transactional.ts';
import { onBothBackEnds, type QueueBackEnd } from '../helpers/backends.ts';
import { testDatabase } from '../helpers/database.ts';
import { queuesInReach, workerDeps } from '../helpers/deps.ts';
import { until } from '../helpers/until.ts';

const payload = z.strictObject({ n: z.int() });
const settings = { payload, attempts: 3, backoffMs: 50 };
/** Its handler promises the second. */
const first = defineJob({ name: 'first', ...settings });
const second = defineJob({ name: 'second', ...settings });

const chain = transactional(first, async (tx, jobs) => {
  for (const job of jobs) tx.enqueue(second, job.payload);
});

const writing = (act: () => void = () => undefined) =>
  transactional(second, async (tx, jobs) => {
    act();
    await tx.query('insert into done select unnest($1::int[])', [jobs.map(({ payload: { n } }) => n)]);
  });

/** Writes, but for the first attempt of all. */
function failingOnce(error: Error) {
  let attempts = 0;
  const handler = writing(() => {
    attempts += 1;
    if (attempts === 1) throw error;
  });
  return { handler, attempts: () => attempts };
}

async function workshop(backEnd: QueueBackEnd, handler: Handler) {
  const { url, db } = await testDatabase('empty');
  await db.query('create table done (n int not null)');
  if (backEnd.kind === 'redis') await backEnd.redis().flushAll();
  const queues = await queuesInReach(url, backEnd.redisUrl(), [first, second]);
  const [, board] = queues.board();
  if (!board) throw new Error('no queue');
  return {
    db,
    queues,
    board,
    work(crowd = 1) {
      const options = { queues, handlers: [chain, handler], concurrency: 10, jobLockMs: 5_000, crowd };
      const runtime = startRuntime(workerDeps(db), options);
      onTestFinished(() => runtime.stop());
      return runtime;
    },
    promise: (count: number) =>
      transaction({ db, queues }, 'job test', async (tx) => {
        for (let n = 0; n < count; n += 1) tx.enqueue(first, { n });
      }),
    done: async () => (await db.query<{ n: number }>('select n from done order by n')).map(({ n }) => n),
    outbox: () =>
      db.query<{ id: string; attempts: number; failed: boolean }>(
        `select id, attempts, failed_at is not null as failed from outbox where job = 'second'`,
      ),
  };
}

const seenBy = async (board: Awaited<ReturnType<typeof workshop>>['board']) =>
  Object.values(await board.getJobCounts()).reduce((sum, n) => sum + n, 0);

onBothBackEnds('what a worker has promised itself', (backEnd) => {
  test('it does at once, and its queue never hears of it', async () => {
    const { work, promise, done, outbox, board } = await workshop(backEnd, writing());
    work();
    await promise(3);
    await until(async () => (await done()).length === 3);
    expect(await done()).toEqual([0, 1, 2]);
    expect(await outbox()).toEqual([]);
    expect(await seenBy(board)).toBe(0);
  });

  test('goes by its queue while little goes on', async () => {
    const { work, promise, done, board } = await workshop(backEnd, writing());
    work(4);
    await promise(1);
    await until(async () => (await done()).length === 1);
    expect(await seenBy(board)).toBe(1);
  });

  test('waits in its queue while operators have that paused, and is done when they let it go on', async () => {
    const { work, promise, done, outbox, board } = await workshop(backEnd, writing());
    await board.pause();
    work();
    await promise(2);
    await until(async () => {
      const queued = await Promise.all((await outbox()).map(({ id }) => board.getJob(id)));
      return queued.filter(Boolean).length === 2;
    });
    expect(await done()).toEqual([]);
    await board.resume();
    await until(async () => (await done()).length === 2);
  });

  test('is tried again through its queue when it fails, and every attempt counts', async () => {
    const failing = failingOnce(new Error('not this time'));
    const { work, promise, done, outbox, board } = await workshop(backEnd, failing.handler);
    work();
    await promise(1);
    await until(async () => (await done()).length === 1);
    expect(failing.attempts()).toBe(2);
    expect(await outbox()).toEqual([]);
    expect(await seenBy(board)).toBe(1);
  });

  test('is shown as failed when it fails for good, after one attempt, and is tried again from the board', async () => {
    const failing = failingOnce(new PermanentError('no use'));
    const { work, promise, done, outbox, board } = await workshop(backEnd, failing.handler);
    work();
    await promise(1);
    await until(async () => (await board.getFailedCount()) === 1);
    expect(await outbox()).toEqual([{ id: expect.any(String), attempts: 1, failed: true }]);
    expect(failing.attempts()).toBe(1);
    const [shown] = await board.getFailed();
    expect(shown?.failedReason).toBe('no use');
    await shown?.retry();
    await until(async () => (await done()).length === 1);
    expect(failing.attempts()).toBe(2);
    expect(await outbox()).toEqual([]);
  });

  test('is begun once when its queue delivers it at the same moment', async () => {
    const gate = openable();
    const performed: string[] = [];
    let claims = 0;
    const effect = outside<{ n: number }, string, void>(second, {
      leaseMs: () => 60_000,
      atOnce: () => 10,
      concurrency: () => 10,
      async claim(_tx, jobs) {
        claims += 1;
        await gate.opened;
        return new Map(jobs.map(({ id }) => [id, id]));
      },
      perform: async (id) => void performed.push(id),
      settle: async () => undefined,
    });
    const { work, promise, outbox, queues } = await workshop(backEnd, effect);
    work();
    // Two batches are under way, so what comes now gathers: here the third job, once from here and once from its queue.
    for (const n of [1, 2]) {
      await promise(1);
      await until(() => claims === n);
    }
    await promise(1);
    await until(async () => (await outbox()).length === 3);
    const id = (await outbox()).map((row) => row.id).sort()[2] ?? '';
    await queues.put('second', [{ id, job: 'second', payload: { n: 0 }, delayMs: 0 }]);
    await until(async () => (await queues.counts('second')).active === 1);
    gate.open();
    await until(async () => (await outbox()).length === 0);
    expect(performed.toSorted()).toEqual([...new Set(performed)].toSorted());
    expect(performed).toContain(id);
    expect(performed).toHaveLength(3);
  });
});

/** Something to wait for until it is opened. */
function openable(): { opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe('the short way', () => {
  const row = (delayMs = 0): Outstanding => ({ id: randomUUID(), job: 'second', payload: { n: 1 }, delayMs });

  function desk(isPaused: Queues['isPaused'], room = 2) {
    const performed: string[] = [];
    const left: string[] = [];
    const { opened, open } = openable();
    const own = handoff({
      room,
      isCrowded: () => true,
      isPaused: () => isPaused('second'),
      async perform({ id }) {
        performed.push(id);
        await opened;
      },
      leave: ({ id }) => void left.push(id),
    });
    return { own, performed, left, open };
  }

  test('does so many at once, lets some wait, and takes no more, nor what is due later', async () => {
    const { own, performed, open } = desk(async () => false);
    const taken = Array.from({ length: 11 }, () => own.take(row()));
    expect(taken.filter(Boolean)).toHaveLength(2 + 4 * 2);
    expect(taken.at(-1)).toBe(false);
    expect(own.take(row(5))).toBe(false);
    await until(() => performed.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(performed).toHaveLength(2);
    open();
    await until(() => performed.length === 10);
  });

  test('leaves to its queue what has waited too long', async () => {
    const { own, performed, left, open } = desk(async () => false, 1);
    const [first, second] = [row(), row()];
    own.take(first);
    own.take(second);
    await new Promise((resolve) => setTimeout(resolve, 2_050));
    open();
    await until(() => left.length === 1);
    expect({ performed, left }).toEqual({ performed: [first.id], left: [second.id] });
  });

  test('takes nothing more once it is stopped, ends what it has, and leaves what waits to its queue', async () => {
    const { own, performed, left, open } = desk(async () => false, 1);
    own.take(row());
    const waiting = row();
    own.take(waiting);
    await until(() => performed.length === 1);
    let ended = false;
    const stopped = own.stop().then(() => {
      ended = true;
    });
    expect(own.take(row())).toBe(false);
    expect(left).toEqual([waiting.id]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ended).toBe(false);
    open();
    await stopped;
    expect(performed).toHaveLength(1);
  });

  test('leaves everything to a queue that cannot be asked', async () => {
    const { own, performed, left } = desk(() => Promise.reject(new Error('away')));
    own.take(row());
    await until(() => left.length === 1);
    expect(performed).toEqual([]);
  });

  test('asks a queue once for all that comes within a moment', async () => {
    let asked = 0;
    const { own, performed, open } = desk(async () => {
      asked += 1;
      return false;
    }, 50);
    for (let n = 0; n < 50; n += 1) own.take(row());
    open();
    await until(() => performed.length === 50);
    expect(asked).toBe(1);
  });
});
