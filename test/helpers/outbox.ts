import type { Sql } from '../../db/connect.ts';
import type { Job } from '../../jobs/contract.ts';
import type { Handler, WorkerDeps } from '../../workers/handler.ts';
import type { Outcome } from '../../workers/outcome.ts';

/** Ids of what is promised of a job, oldest first. */
export async function promised(sql: Sql, job: Pick<Job, 'name'>): Promise<string[]> {
  const rows = await sql.query<{ id: string }>('select id from outbox where job = $1 order by id', [
    job.name,
  ]);
  return rows.map((row) => row.id);
}

/** Delivers jobs as one batch and waits for what became of each. */
export async function deliver(deps: WorkerDeps, handler: Handler, ids: string[]): Promise<Outcome[]> {
  return Promise.all(await handler.run(deps, ids));
}

/** Delivers everything that is due, round after round, until nothing due is left. */
export async function deliverAllDue(deps: WorkerDeps, handlers: Handler[]): Promise<void> {
  for (;;) {
    let delivered = 0;
    for (const handler of handlers) {
      const rows = await deps.db.query<{ id: string }>(
        'select id from outbox where job = $1 and run_at <= now() and failed_at is null order by id',
        [handler.job.name],
      );
      if (rows.length > 0)
        await deliver(
          deps,
          handler,
          rows.map((row) => row.id),
        );
      delivered += rows.length;
    }
    if (delivered === 0) return;
  }
}
