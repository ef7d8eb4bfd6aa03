import { DelayedError, type Job as Delivery, type IQueueBackend, UnrecoverableError, Worker } from 'bullmq';
import { gather } from '../db/gather.ts';
import { around } from '../db/points.ts';
import type { Backend } from '../jobs/backend.ts';
import { SILENT_MS, withHeartbeat } from '../jobs/heartbeat.ts';
import type { Handler, WorkerDeps } from './handler.ts';
import { loneLane } from './lone-lane.ts';
import type { Outcome } from './outcome.ts';

export interface RuntimeOptions {
  backend: Backend;
  handlers: Handler[];
  /** Deliveries of one kind that may be active in this process at once. */
  concurrency: number;
  /** How long a delivery is this process's without a sign of life, in ms. */
  jobLockMs: number;
  /** After so long without a look for work a worker is made anew, ms; SILENT_MS when not said. */
  silentAfterMs?: number;
}

export interface Runtime {
  /** Milliseconds since the quietest worker last looked for work. */
  silentMs(): number;
  /** Takes no more, waits for what is under way. */
  stop(): Promise<void>;
}

/** Runs the handlers: one BullMQ worker per job, each gathering what is active into batches. */
export function startRuntime(deps: WorkerDeps, options: RuntimeOptions): Runtime {
  const alone = loneLane(deps);
  const stations = options.handlers.map((handler) => startStation(deps, handler, alone, options));
  return {
    silentMs: () => Math.max(...stations.map((station) => station.silentMs())),
    stop: async () => void (await Promise.all(stations.map((station) => station.stop()))),
  };
}

type Station = { silentMs(): number; stop(): Promise<void> };

// While a batch is under way the next one gathers, for so long at least: the busier, the more is done per commit. Two
// of a kind may overlap, so that one that waits for a lock does not hold up the next.
const GATHERING = { waitMs: 10, max: 100, parallel: 2 };

/** A worker for one job, made anew when it falls silent although the queue's back end is there. */
function startStation(
  deps: WorkerDeps,
  handler: Handler,
  alone: ReturnType<typeof loneLane>,
  options: RuntimeOptions,
): Station {
  const name = handler.job.name;
  const concurrency = handler.concurrency?.(deps) ?? options.concurrency;
  const together = gather((ids: string[]) => handler.run(deps, ids), GATHERING);
  let active = 0;
  let lastBeat = Date.now();

  const process = async (delivery: Delivery, token?: string) => {
    active += 1;
    try {
      const id = promiseId(delivery);
      const outcome = await (delivery.stalledCounter > 0 ? alone(handler, id) : together(id));
      await answer(delivery, token, outcome);
    } finally {
      active -= 1;
      lastBeat = Date.now();
    }
  };

  function hire(): Worker<unknown, void, string, IQueueBackend> {
    lastBeat = Date.now();
    const beat = () => {
      lastBeat = Date.now();
    };
    const worker = new Worker<unknown, void, string, IQueueBackend>(
      name,
      process,
      { ...options.backend.workerOptions(name), ...workerOptions(concurrency, options.jobLockMs) },
      withHeartbeat(options.backend.factory, beat),
    );
    worker.on('error', (error) => deps.log.debug({ job: name, error: error.message }, 'worker error'));
    worker.on('failed', (delivery, error) => {
      deps.log.warn(
        { job: name, id: delivery?.id, attempt: delivery?.attemptsMade, error: error.message },
        'job failed',
      );
    });
    worker.on('stalled', (id) => deps.log.warn({ job: name, id }, 'job stalled'));
    return worker;
  }

  let worker = hire();
  const silentMs = () => (active >= concurrency ? 0 : Date.now() - lastBeat);
  const watch = setInterval(() => {
    if (silentMs() < (options.silentAfterMs ?? SILENT_MS) || !options.backend.available()) return;
    deps.log.warn({ job: name, silentMs: silentMs() }, 'worker silent: made anew');
    worker.close(true).catch(() => undefined);
    worker = hire();
  }, 1_000).unref();

  return {
    silentMs,
    stop: async () => {
      clearInterval(watch);
      await worker.close();
    },
  };
}

function workerOptions(concurrency: number, jobLockMs: number) {
  return {
    concurrency,
    lockDuration: jobLockMs,
    stalledInterval: Math.ceil(jobLockMs / 3),
    // Stalls are counted in Postgres (workers/lone-lane.ts), where a wiped queue cannot forget them.
    maxStalledCount: 1_000_000,
    runRetryDelay: 1_000,
    settings: {
      backoffStrategy: (_attempts: number, _type?: string, error?: Error) =>
        pauses.get(error ?? never) ?? 1_000,
    },
  };
}

// The pause that Postgres has recorded for a failure, handed to BullMQ beside the error itself.
const pauses = new WeakMap<Error, number>();
const never = new Error('no error');

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The outbox row a delivery stands for. Jobs put into the queue by hand stand for none. */
function promiseId(delivery: Delivery): string {
  if (delivery.id && UUID.test(delivery.id)) return delivery.id;
  throw new UnrecoverableError(
    'not promised in the outbox: jobs are promised through Terna, not added to the queue',
  );
}

/** Tells BullMQ in its own words. `moveToDelayed` with `DelayedError` uses up no attempt. */
async function answer(delivery: Delivery, token: string | undefined, outcome: Outcome): Promise<void> {
  switch (outcome.kind) {
    case 'done':
      return;
    case 'not-now':
      await around('queue answer', () => delivery.moveToDelayed(Date.now() + outcome.ms, token));
      throw new DelayedError(outcome.why);
    case 'retry':
      pauses.set(outcome.error, outcome.ms);
      throw outcome.error;
    case 'failed':
      throw new UnrecoverableError(outcome.error.message);
  }
}
