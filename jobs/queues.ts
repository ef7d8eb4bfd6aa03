import type { BulkJobOptions, Queue } from 'bullmq';
import { isConnectionError } from '../db/connect.ts';
import type { Outstanding } from '../db/outbox-sweep.ts';
import { around, type Point } from '../db/points.ts';
import type { Log } from '../log.ts';
import { type Backend, openBackend, type QueuesAt } from './backend.ts';
import type { Job } from './contract.ts';
import { LONGEST_SLEEP_S } from './heartbeat.ts';
import { JOBS } from './registry.ts';

/** What a promised row's delivery is doing in its queue. */
export type DeliveryState = 'live' | 'delayed' | 'finished' | 'gone';

/** A row as it is put up. `failed`: it has failed for good already, and its delivery is to show that. */
export type Hint = Outstanding & { failed?: boolean };

/** The name of deliveries that only show a failure. All others bear their job's. */
export const FAILED = 'failed before it was queued';

/** The queues of all jobs, as one hint board: rows are put up, looked after and taken down. */
export interface Queues {
  backend: Backend;
  /** Puts promised rows up, soon and in the background; a row that fails to get there is the sweeper's. */
  dispatch(rows: Hint[]): void;
  /** Puts rows of one job up now; rows that are up already stay as they are. */
  put(job: string, rows: Outstanding[]): Promise<void>;
  state(job: string, id: string): Promise<DeliveryState>;
  /**
   * The same for a queue that is long, without reading it to its end: who is there, and neither delayed nor finished, is
   * taken for live.
   */
  glance(job: string, id: string): Promise<DeliveryState>;
  /** Whether so many wait in it that one of them is not to be looked for. */
  isLong(job: string): Promise<boolean>;
  /** Takes a finished or lost delivery down, so that its row can be put up again. */
  remove(job: string, id: string): Promise<void>;
  /** Wakes a delivery that sleeps past its row's time. */
  promote(job: string, id: string): Promise<void>;
  /** Whether operators have stopped it. */
  isPaused(job: string): Promise<boolean>;
  /** How many deliveries there are by state; on Postgres that reads them all. */
  counts(job: string): Promise<Record<string, number>>;
  /** A note that lives and dies with the queue's own keys, of every queue; one that cannot be asked is left out. */
  readMarks(field: string): Promise<Map<string, string | null>>;
  writeMark(job: string, field: string, value: string): Promise<void>;
  /** BullMQ's own object, for the dashboard. */
  board(): Queue[];
  close(): Promise<void>;
}

// Both the api and the workers commit many small transactions: what they promise within this time goes
// to the queue in one addBulk.
const DISPATCH_AFTER_MS = 1;

// Redis finds one of so many in 10 us, and one of a hundred times as many in 1 ms, when nobody else is served.
const LONG = 1_000;

// A command to a queue that takes longer than this is given up: the back end is away.
const PATIENCE_MS = 5_000;
const DEAD = /no answer within|connection is closed|ECONN/i;

/** Also a first connection that failed: BullMQ's queue object gives that answer for ever. */
const isDead = (error: unknown) => isConnectionError(error) || DEAD.test((error as Error).message);

export function openQueues(at: Omit<QueuesAt, 'onError'>, log: Log, jobs: Job[] = JOBS): Queues {
  const warn = complain(log);
  const backend = openBackend({ ...at, onError: (error) => warn('connection', error) });
  const contracts = new Map(jobs.map((job) => [job.name, job]));
  const queues = new Map<string, Queue>();
  const underWay = new Set<Promise<void>>();
  let waiting: Hint[] = [];

  function queue(name: string): Queue {
    let found = queues.get(name);
    if (!found) {
      found = backend.queue(name);
      found.on('error', (error) => warn(name, error));
      queues.set(name, found);
    }
    return found;
  }

  /** Runs a command in time. A queue object whose connection never came up stays dead: it is made anew. */
  async function ask<T>(
    name: string,
    command: (queue: Queue) => Promise<T>,
    point: Point = 'queue look',
  ): Promise<T> {
    if (!backend.available()) throw new Error(`the queues' ${backend.kind} is away`);
    const asked = queue(name);
    try {
      return await around(point, () => inTime(command(asked)));
    } catch (error) {
      if (isDead(error)) {
        if (queues.get(name) === asked) queues.delete(name);
        asked.close().catch(() => undefined);
      }
      throw error;
    }
  }

  const put = async (name: string, rows: Hint[]) => {
    const contract = contracts.get(name);
    if (!contract) throw new Error(`no such job: ${name}`);
    await ask(name, (to) => to.addBulk(rows.map((row) => delivery(contract, row))), 'queue put');
    if (rows.some(({ delayMs }) => delayMs > 0 && delayMs <= LONGEST_SLEEP_S * 1_000))
      await backend.nudge(name);
  };

  async function flush(): Promise<void> {
    const rows = waiting;
    waiting = [];
    const names = [...new Set(rows.map((row) => row.job))];
    const group = (name: string) => rows.filter((row) => row.job === name);
    await Promise.all(names.map((name) => put(name, group(name)).catch((error) => warn(name, error))));
  }

  return {
    backend,
    put,
    dispatch(rows) {
      if (rows.length === 0) return;
      waiting.push(...rows);
      if (waiting.length > rows.length) return;
      const flushed = new Promise<void>((resolve) => setTimeout(resolve, DISPATCH_AFTER_MS)).then(flush);
      underWay.add(flushed);
      void flushed.finally(() => underWay.delete(flushed));
    },
    state: async (name, id) => stateOf(await ask(name, (to) => to.getJobState(id))),
    async glance(name, id) {
      const found = await ask(name, (of) => of.getJob(id));
      if (!found) return 'gone';
      if (found.finishedOn !== undefined) return 'finished';
      return (await ask(name, () => found.isDelayed())) ? 'delayed' : 'live';
    },
    isLong: async (name) => backend.listsWaiting && (await ask(name, (of) => of.getWaitingCount())) > LONG,
    remove: (name, id) => ask(name, async (from) => void (await from.remove(id))),
    promote: (name, id) => ask(name, async (of) => void (await (await of.getJob(id))?.promote())),
    isPaused: (name) => ask(name, (of) => of.isPaused()),
    counts: (name) => ask(name, (of) => of.getJobCounts()),
    async readMarks(field) {
      const together = backend.readMarks && (await inTime(backend.readMarks(field)));
      const marks = new Map<string, string | null>();
      const read = async ({ name }: Job) => {
        const mark = together
          ? (together.get(name) ?? null)
          : await ask(name, (of) => of.getBackend().getQueueMetaField(field));
        marks.set(name, mark);
      };
      await Promise.allSettled(jobs.map(read));
      return marks;
    },
    writeMark: (name, field, value) =>
      ask(name, async (of) => void (await of.getBackend().setQueueMeta({ [field]: value }))),
    board: () => jobs.map((job) => queue(job.name)),
    async close() {
      await Promise.allSettled(underWay);
      await Promise.allSettled([...queues.values()].map((each) => inTime(each.close())));
      await backend.close();
    },
  };
}

// Kept on the board for a while, so that operators see what went on.
const KEEP_DONE = { count: 100 };
const KEEP_FAILED = { count: 1_000 };

function delivery(job: Job, row: Hint): { name: string; data: unknown; opts: BulkJobOptions } {
  const opts = {
    jobId: row.id,
    delay: row.delayMs,
    attempts: job.attempts,
    backoff: { type: 'custom' },
    removeOnComplete: KEEP_DONE,
    removeOnFail: KEEP_FAILED,
  };
  return { name: row.failed ? FAILED : job.name, data: row.payload, opts };
}

function stateOf(state: string): DeliveryState {
  if (state === 'unknown') return 'gone';
  if (state === 'completed' || state === 'failed') return 'finished';
  return state === 'delayed' ? 'delayed' : 'live';
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Logs a queue's trouble at most every ten seconds: an outage is one fact, not a thousand lines. */
function complain(log: Log): (queue: string, error: Error) => void {
  const last = new Map<string, number>();
  return (queue, error) => {
    if (Date.now() - (last.get(queue) ?? 0) < 10_000) return;
    last.set(queue, Date.now());
    log.warn({ queue, error: error.message }, 'queue out of reach; promises wait in the outbox');
  };
}
