import { z } from 'zod';
import { type Actor, recordAction } from '../../db/audit.ts';
import type { Database, Sql } from '../../db/connect.ts';
import { type FailedJob, isPromised, listFailed, reviveFailed } from '../../db/failed-jobs.ts';
import type { Outstanding } from '../../db/outbox-sweep.ts';
import { decodeCursor, type Page, pageOf } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound, Problem } from '../problem.ts';

// Postgres knows no year 0.
const instant = z.iso.datetime().refine((at) => at >= '0001');
const cursorSchema = z.tuple([instant, z.uuid()]);

/** A page of the jobs that failed for good, latest first. */
export async function failedJobs(
  sql: Sql,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Omit<FailedJob, 'place'>>> {
  const [place, id] = decodeCursor(cursorSchema, cursor) ?? [];
  const after = place !== undefined && id !== undefined ? { place, id } : undefined;
  const rows = await listFailed(sql, { after, limit: limit + 1 });
  const { data, page } = pageOf(rows, limit, (last) => [last.place, last.id]);
  return { data: data.map(({ place: _, ...job }) => job), page };
}

/**
 * Makes a failed job due again, and puts it up.
 * @throws Problem 404 when it is gone, 409 `not_failed` when it is going to be done anyway
 */
export async function retryJob(deps: ApiDeps, actor: Actor, jobId: string): Promise<Outstanding> {
  const id = z.uuid().safeParse(jobId).data;
  const row = id && (await revive(deps.db, actor, id));
  if (!row) {
    if (!id || !(await isPromised(deps.db, id))) throw notFound();
    throw new Problem(409, 'not_failed', 'This job has not failed for good: it is going to be done.');
  }
  await putUpAgain(deps, row);
  return row;
}

function revive(db: Database, actor: Actor, id: string): Promise<Outstanding | undefined> {
  return db.transaction('job revived', async (sql) => {
    const row = await reviveFailed(sql, id);
    const record = { action: 'job.retry', subject: { kind: 'job', id }, detail: { job: row?.job } };
    if (row) await recordAction(sql, actor, record);
    return row;
  });
}

/**
 * The row is due whatever the queue says, and the sweeper looks at it in 5 s. This only makes it sooner:
 * the delivery that failed is taken down, since a queue takes an id it knows for done.
 */
async function putUpAgain({ queues, log }: ApiDeps, row: Outstanding): Promise<void> {
  try {
    if ((await queues.state(row.job, row.id)) === 'finished') await queues.remove(row.job, row.id);
    queues.dispatch([row]);
  } catch (error) {
    log.warn({ job: row.job, error: (error as Error).message }, 'retry waits for the sweeper');
  }
}
