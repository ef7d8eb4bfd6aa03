import { DelayedError, type Job as Delivery, type IQueueBackend, UnrecoverableError, Worker } from 'bullmq';
import { failureOf } from '../db/failed-jobs.ts';
import { gather } from '../db/gather.ts';
import type { Outstanding } from '../db/outbox-sweep.ts';
import { around } from '../db/points.ts';
import { SILENT_MS, withHeartbeat } from '../jobs/heartbeat.ts';
import { FAILED, type Queues } from '../jobs/queues.ts';
import type { Handler, WorkerDeps } from './handler.ts';
import { handoff } from './handoff.ts';
import { loneLane } from './lone-lane.ts';
import { notNow, type Outcome } from './outcome.ts';

export interface RuntimeOptions {
  queues: Pick<Queues, 'backend' | 'dispatch' | 'isPaused'>;
  handlers: Handler[];
  /** Deliveries of one kind that may be active in this process at once. */
  concurrency: number;
  /** How long a delivery is this process's without a sign of life, in ms. */
  jobLockMs: number;
  /** After so long without a look for work a worker is made anew, ms; SILENT_MS when not said. */
  silentAfterMs?: number;
  /** With so many jobs in hand the process does what it promises itself; CROWD when not said. */
  crowd?: number;
}

export interface Runtime {
  /** Milliseconds since the quietest worker last looked for work. */
  silentMs(): number;
  /** Takes no more, waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Runs the handlers: one BullMQ worker per job, each gathering what is active into batches. In a crowd, what
 * handlers promise is done here as well while there is room (handoff.ts); else it goes to its queue.
 */
export function startRuntime(given: Omit<WorkerDeps, 'queues'>, options: RuntimeOptions): Runtime {
  const stations = new Map<string, Station>();
  const dispatch = (rows: Outstanding[]) =>
    options.queues.dispatch(rows.filter((row) => !stations.get(row.job)?.take(row)));
  const deps = { ...given, queues: { dispatch } };
  const alone = loneLane(deps);
  const isCrowded = () => {
    let sum = 0;
    for (const station of stations.values()) sum += station.inHand();
    return sum >= (options.crowd ?? CROWD);
  };
  for (const handler of options.handlers)
    stations.set(handler.job.name, startStation(deps, handler, alone, isCrowded, options));
  const all = [...stations.values()];
  return {
    silentMs: () => Math.max(...all.map((station) => station.silentMs())),
    stop: async () => void (await Promise.all(all.map((station) => station.stop()))),
  };
}

// More than one request alone ever makes.
const CROWD = 10;

interface Station {
  inHand(): number;
  take(row: Outstanding): boolean;
  silentMs(): number;
  stop(): Promise<void>;
}

// While a batch is under way the next one gathers, for so long at least: the busier, the more is done per commit. Two
// of a kind may overlap, so that one that waits for a lock does not hold up the next.
const GATHERING = { waitMs: 10, max: 100, parallel: 2 };

/** A worker for one job, made anew when it falls silent although the queue's back end is there. */
function startStation(
  deps: WorkerDeps,
  handler: Handler,
  alone: ReturnType<typeof loneLane>,
  isCrowded: () => boolean,
  options: RuntimeOptions,
): Station {
  const { name } = handler.job;
  const { queues } = options;
  const concurrency = handler.concurrency?.(deps) ?? options.concurrency;
  const together = gather((ids: string[]) => handler.run(deps, ids), GATHERING);
  const inHand = new Map<string, Promise<Outcome>>();
  let active = 0;
  let lastBeat = Date.now();

  /** A job that is in hand here already is not begun again: whoever asks for it as well gets the same answer. */
  function once(id: string): Promise<Outcome> {
    const found = inHand.get(id);
    if (found) return found;
    const outcome = together(id).finally(() => inHand.delete(id));
    inHand.set(id, outcome);
    return outcome;
  }

  const process = async (delivery: Delivery, token?: string) => {
    active += 1;
    try {
      const id = promiseId(delivery);
      if (delivery.name === FAILED && delivery.attemptsMade === 0) await failAgain(deps, id);
      const outcome = await (delivery.stalledCounter > 0 ? alone(handler, id) : once(id));
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
      { ...queues.backend.workerOptions(name), ...workerOptions(concurrency, options.jobLockMs) },
      withHeartbeat(queues.backend.factory, beat),
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

  /** Does a job that was promised here. What is not done then is told to its queue, as a delivery of it would be. */
  async function perform(row: Outstanding): Promise<void> {
    const outcome = await once(row.id).catch((error: Error): Outcome => notNow(1_000, error.message));
    if (outcome.kind === 'done') return;
    // Its delivery fails at once, and is logged there.
    if (outcome.kind === 'failed') return queues.dispatch([{ ...row, failed: true }]);
    if (outcome.kind === 'retry')
      deps.log.warn({ job: name, id: row.id, error: outcome.error.message }, 'job failed');
    queues.dispatch([{ ...row, delayMs: outcome.ms }]);
  }

  const own = handoff({
    room: concurrency,
    isCrowded,
    isPaused: () => queues.isPaused(name),
    perform,
    leave: (row) => queues.dispatch([row]),
  });

  let worker = hire();
  const silentMs = () => (active >= concurrency ? 0 : Date.now() - lastBeat);
  const watch = setInterval(() => {
    if (silentMs() < (options.silentAfterMs ?? SILENT_MS) || !queues.backend.available()) return;
    deps.log.warn({ job: name, silentMs: silentMs() }, 'worker silent: made anew');
    worker.close(true).catch(() => undefined);
    worker = hire();
  }, 1_000).unref();

  return {
    inHand: () => inHand.size,
    take: own.take,
    silentMs,
    stop: async () => {
      clearInterval(watch);
      await Promise.all([worker.close(), own.stop()]);
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

/** Shows a job on the board that failed for good without a delivery. A retry from there is tried, as any. */
async function failAgain({ db }: WorkerDeps, id: string): Promise<void> {
  const reason = await failureOf(db, id);
  if (reason !== undefined) throw new UnrecoverableError(reason);
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
