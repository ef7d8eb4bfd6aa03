import { uuidv7 } from 'uuidv7';
import type { Database, Sql } from '../db/connect.ts';
import {
  type Outstanding,
  outstandingPage,
  promiseRecurring,
  sweepSoon,
  takeOverdue,
} from '../db/outbox-sweep.ts';
import type { Job } from '../jobs/contract.ts';
import type { Queues } from '../jobs/queues.ts';
import type { Log } from '../log.ts';

export interface SweeperOptions {
  db: Database;
  queues: Queues;
  log: Log;
  jobs: Job[];
  intervalMs: number;
}

// What is promised long before it is due, and what only a wrong clock spoils, is looked after less often.
const THOROUGH_EVERY_MS = 30_000;

/**
 * Brings promises back that their queue has lost. A plain timer outside BullMQ, so that it works when BullMQ does
 * not; every worker process has one, and each overdue row is taken by one of them.
 */
export function startSweeper(options: SweeperOptions): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout;
  let sweeping: Promise<void> = Promise.resolve();
  let lastThorough = Number.NEGATIVE_INFINITY;

  const later = (ms: number) => {
    timer = setTimeout(() => {
      // By a clock that never jumps.
      const now = performance.now();
      const thorough = now - lastThorough >= THOROUGH_EVERY_MS;
      sweeping = sweep(options, thorough)
        .then(() => {
          if (thorough) lastThorough = now;
        })
        .catch((error: Error) => options.log.warn({ error: error.message }, 'sweep broken off'))
        .finally(() => stopped || later(options.intervalMs * (0.75 + Math.random() / 2)));
    }, ms);
  };
  later(Math.random() * options.intervalMs);

  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}

/** One round. An idle one is a single statement on Redis, and two where Postgres has the queues, too. */
export async function sweep({ db, queues, log, jobs }: SweeperOptions, thorough = true): Promise<void> {
  const sql = db.writing('sweep');
  if (thorough) {
    const recurring = jobs.filter((job) => job.everyMs !== undefined);
    const promises = recurring.map((job) => ({
      id: uuidv7(),
      job: job.name,
      payload: {},
      everyMs: job.everyMs ?? 0,
    }));
    queues.dispatch(await promiseRecurring(sql, promises));
  }
  if (!queues.backend.available()) return;
  if (thorough) {
    const ahead = await queues.backend.rightClocks?.();
    if (ahead) log.warn({ count: ahead }, 'locks of a clock far ahead let go: is a worker’s clock wrong?');
  }
  await refillWiped(db, queues, log);
  const overdue = await takeOverdue(sql, OVERDUE_AT_ONCE);
  if (overdue.length > 0) await bringBack(sql, queues, log, overdue);
}

const OVERDUE_AT_ONCE = 500;

/**
 * Puts overdue rows up again, each for itself: a delivery may move on while it is looked at. A look that the
 * queue did not answer does not count, or an outage would put the next one off ever further.
 */
async function bringBack(sql: Sql, queues: Queues, log: Log, rows: Outstanding[]): Promise<void> {
  const long = new Map([...grouped(rows).keys()].map((job) => [job, queues.isLong(job)]));
  const looked = await Promise.allSettled(
    rows.map(async (row) => isLost(queues, row, (await long.get(row.job)) ?? false)),
  );
  const lost = rows.filter((_, index) => {
    const result = looked[index];
    return result?.status === 'fulfilled' && result.value;
  });
  const unseen = rows.filter((_, index) => looked[index]?.status === 'rejected');
  for (const [job, group] of grouped(lost)) await queues.put(job, group).catch(() => unseen.push(...group));
  if (lost.length > 0) log.warn({ count: lost.length }, 'promises had no delivery: put up again');
  if (unseen.length > 0)
    await sweepSoon(
      sql,
      unseen.map(({ id }) => id),
    );
}

/**
 * True when nothing will deliver the row. A delivery that ended is taken down, and so is one that stands in no
 * list, or the queue would take it for there when it is put up; one that overslept is woken. While its queue is long,
 * one that stands in no list is taken for there: it is found when fewer wait.
 */
async function isLost(queues: Queues, { job, id, delayMs }: Outstanding, isLong: boolean): Promise<boolean> {
  const state = isLong ? await queues.glance(job, id) : await queues.state(job, id);
  if (state === 'delayed' && delayMs === 0) await queues.promote(job, id);
  if (state === 'finished' || (state === 'gone' && !isLong)) await queues.remove(job, id);
  return state === 'finished' || state === 'gone';
}

const PAGE = 1_000;

// Any number of its own in the advisory locks: "refill" read as base 36.
const ADVISORY_LOCK = Number.parseInt('refill', 36);

/**
 * A queue whose mark is gone was wiped: one of the processes puts everything outstanding up again at once. A queue
 * that cannot be asked (one node of a cluster is away) is not known to be wiped.
 */
async function refillWiped(db: Database, queues: Queues, log: Log): Promise<void> {
  const wipedNow = async () =>
    [...(await queues.readMarks(FILLED))].flatMap(([job, mark]) => (mark ? [] : job));
  if ((await wipedNow()).length === 0) return;
  await db.session(async (sql) => {
    const [lock] = await sql.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
      ADVISORY_LOCK,
    ]);
    if (!lock?.mine) return;
    try {
      // Another may have been at it until now.
      await refill(sql, queues, log, await wipedNow());
    } finally {
      await sql.query('select pg_advisory_unlock($1)', [ADVISORY_LOCK]);
    }
  });
}

/**
 * Puts all that some jobs have outstanding up again, due rows first, and only then marks their queues as filled. A
 * second note, written first, tells whether a queue was wiped again meanwhile.
 */
async function refill(sql: Sql, queues: Queues, log: Log, wiped: string[]): Promise<void> {
  if (wiped.length === 0) return;
  const round = uuidv7();
  await Promise.all(wiped.map((job) => queues.writeMark(job, FILLING, round)));
  let count = 0;
  for (const due of [true, false]) {
    for await (const page of outstanding(sql, wiped, due)) {
      for (const [job, group] of grouped(page)) await queues.put(job, group);
      count += page.length;
    }
  }
  const filling = await queues.readMarks(FILLING);
  for (const job of wiped) if (filling.get(job) === round) await queues.writeMark(job, FILLED, round);
  if (count > 0) log.warn({ jobs: wiped, count }, 'queues are new or were wiped: all their promises put up');
}

const FILLED = 'terna-filled';
const FILLING = 'terna-filling';

async function* outstanding(sql: Sql, jobs: string[], due: boolean): AsyncGenerator<Outstanding[]> {
  let after: string | undefined;
  do {
    const page = await outstandingPage(sql, { jobs, due, after, limit: PAGE });
    if (page.length > 0) yield page;
    after = page.at(-1)?.id;
  } while (after !== undefined);
}

function grouped(rows: Outstanding[]): Map<string, Outstanding[]> {
  const groups = new Map<string, Outstanding[]>();
  for (const row of rows) groups.set(row.job, [...(groups.get(row.job) ?? []), row]);
  return groups;
}
