import type { BackendFactory, IQueueBackend } from 'bullmq';
import type pg from 'pg';
import { listen, whoListens } from '../db/listener.ts';

// BullMQ's channel: whoever puts a job up says the queue's name there.
const CHANNEL = 'bullmq_jobs';

/**
 * Wakes the workers of a process on the Postgres back end. BullMQ has each worker listen on a connection of its own,
 * and ask twice whether it may sleep; one connection hears for all of them here, and is asked whether it still lives.
 * It is opened when the first worker goes to sleep: a process without workers has none.
 */
export function postgresBell(url: string, pool: pg.Pool, factory: BackendFactory<IQueueBackend>) {
  const rung = new Map<string, number>();
  const sleepers = new Map<string, Set<() => void>>();
  let listener: ReturnType<typeof listen> | undefined;

  function wake(queue: string): void {
    rung.set(queue, (rung.get(queue) ?? 0) + 1);
    for (const getUp of sleepers.get(queue) ?? []) getUp();
  }

  const withBell: BackendFactory<IQueueBackend> = (queue, options, extra) => {
    // Without a blocking connection BullMQ opens none.
    const backend = factory(queue, options, { ...extra, withBlockingConnection: false });
    const { moveToActive, close } = backend;
    const group = sleepers.get(queue) ?? new Set();
    sleepers.set(queue, group);
    let seen: number | undefined;
    let shut = false;
    let getUp: () => void = () => undefined;

    // A ring between the last look and the sleep is not slept through.
    backend.moveToActive = (...looking) => {
      seen = rung.get(queue);
      return moveToActive.apply(backend, looking);
    };
    backend.waitForJob = (seconds) => {
      listener ??= listen(url, CHANNEL, { heard: wake, back: () => [...sleepers.keys()].forEach(wake) });
      if (shut || rung.get(queue) !== seen) return Promise.resolve(null);
      return new Promise((resolve) => {
        getUp = () => {
          clearTimeout(timer);
          group.delete(getUp);
          resolve(null);
        };
        const timer = setTimeout(getUp, seconds * 1_000);
        group.add(getUp);
      });
    };
    backend.disconnectBlocking = async () => {
      shut = true;
      getUp();
    };
    backend.reconnectBlocking = async () => {
      shut = false;
    };
    backend.close = (force) => {
      shut = true;
      getUp();
      return close.call(backend, force);
    };
    // Who works on the queue, as the dashboard reads it: every process that listens.
    backend.getClientList = async () => {
      const listeners = await whoListens(pool);
      return [listeners.map(({ pid, address }) => `name=${queue}:w:${pid} addr=${address}`).join('\n')];
    };
    return backend;
  };

  return {
    factory: withBell,
    /**
     * Rings in every process. BullMQ 6.7 announces jobs that wait and not those that are delayed: an idle worker
     * would see one that is due in a second only after its whole sleep.
     */
    ring: async (queue: string) => void (await pool.query('select pg_notify($1, $2)', [CHANNEL, queue])),
    close: () => listener?.close(),
  };
}
