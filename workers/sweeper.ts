import { uuidv7 } from 'uuidv7';
import type { Database, Sql } from '../db/connect.ts';
import {
  type Outstanding,
  outstandingPage,
  promiseRecurring,
  sweepSoon,
  takeOverdue,
} from '../db/outbox-sweep.ts';
import { around } from '../db/points.ts';
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

/**
 * Brings promises back that their queue has lost. A plain timer outside BullMQ, so that it works when
 * BullMQ does not; every worker process has one, and an advisory lock lets one of them work at a time.
 */
export function startSweeper(options: SweeperOptions): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout;
  let sweeping: Promise<void> = Promise.resolve();

  const later = (ms: number) => {
    timer = setTimeout(() => {
      sweeping = sweep(options)
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

// Any number of its own in the advisory locks: "sweep" read as base 36.
const ADVISORY_LOCK = Number.parseInt('sweep', 36);

/** One round. Every part stands alone: a queue that is away does not keep the others from being swept. */
export async function sweep({ db, queues, log, jobs }: SweeperOptions): Promise<void> {
  await db.session(async (sql) => {
    const [lock] = await sql.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
      ADVISORY_LOCK,
    ]);
    if (!lock?.mine) return;
    try {
      const recurring = jobs.filter((job) => job.everyMs !== undefined);
      const promises = recurring.map((job) => ({
        id: uuidv7(),
        job: job.name,
        payload: {},
        everyMs: job.everyMs ?? 0,
      }));
      queues.dispatch(await around('sweep', () => promiseRecurring(sql, promises)));
      if (!queues.backend.available()) return;
      const ahead = await queues.backend.rightClocks?.();
      if (ahead) log.warn({ count: ahead }, 'locks of a clock far ahead let go: is a worker’s clock wrong?');
      await refillWiped(
        sql,
        queues,
        log,
        jobs.map((job) => job.name),
      );
      const overdue = await around('sweep', () => takeOverdue(sql, OVERDUE_AT_ONCE));
      if (overdue.length > 0) await bringBack(sql, queues, log, overdue);
    } finally {
      await sql.query('select pg_advisory_unlock($1)', [ADVISORY_LOCK]);
    }
  });
}

const OVERDUE_AT_ONCE = 500;

/**
 * Puts overdue rows up again, each for itself: a delivery may move on while it is looked at. A look that the
 * queue did not answer does not count, or an outage would put the next one off ever further.
 */
async function bringBack(sql: Sql, queues: Queues, log: Log, rows: Outstanding[]): Promise<void> {
  const looked = await Promise.allSettled(rows.map((row) => isLost(queues, row)));
  const lost = rows.filter((_, index) => {
    const result = looked[index];
    return result?.status === 'fulfilled' && result.value;
  });
  const unseen = rows.filter((_, index) => looked[index]?.status === 'rejected');
  for (const [job, group] of grouped(lost)) await queues.put(job, group).catch(() => unseen.push(...group));
  if (lost.length > 0) log.warn({ count: lost.length }, 'promises had no delivery: put up again');
  if (unseen.length > 0)
    await around('sweep', () =>
      sweepSoon(
        sql,
        unseen.map(({ id }) => id),
      ),
    );
}

/**
 * True when nothing will deliver the row. A delivery that ended is taken down, and so is one that stands in no
 * list, or the queue would take it for there when it is put up; one that overslept is woken.
 */
async function isLost(queues: Queues, row: Outstanding): Promise<boolean> {
  const state = await queues.state(row.job, row.id);
  if (state === 'delayed' && row.delayMs === 0) await queues.promote(row.job, row.id);
  const isLost = state === 'gone' || state === 'finished';
  if (isLost) await queues.remove(row.job, row.id);
  return isLost;
}

const PAGE = 1_000;

/**
 * A queue whose mark is gone was wiped: everything outstanding is put up again at once, due rows first,
 * and only then is the mark written. A second note, written first, tells whether the queue was wiped
 * again meanwhile.
 */
async function refillWiped(sql: Sql, queues: Queues, log: Log, jobs: string[]): Promise<void> {
  // A queue that cannot be asked (one node of a cluster is away) is not known to be wiped.
  const marks = await Promise.all(jobs.map((job) => queues.readMark(job, FILLED).catch(() => 'unknown')));
  const wiped = jobs.filter((_, index) => !marks[index]);
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
  for (const job of wiped) {
    if ((await queues.readMark(job, FILLING)) === round) await queues.writeMark(job, FILLED, round);
  }
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
