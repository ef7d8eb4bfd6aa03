import { onTestFinished } from 'vitest';
import { connect, type Database, type Sql } from '../../db/connect.ts';
import type { NewRequest } from '../../db/requests.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import type { WorkerDeps } from '../../workers/handler.ts';
import { matchRequestHandler } from '../../workers/match-request.ts';
import { workerDeps } from './deps.ts';
import { deliver } from './outbox.ts';

/** One worker process more: its own pool, of which every SQL error is kept. */
export function matchWorker(
  url: string,
  env: NodeJS.ProcessEnv = {},
): { deps: WorkerDeps; errorCodes: string[] } {
  const db = connect(url, 4);
  onTestFinished(() => db.close());
  const errorCodes: string[] = [];
  const watched = (sql: Sql): Sql => ({
    async query<Row>(text: string, values?: unknown[]) {
      try {
        return await sql.query<Row>(text, values);
      } catch (error) {
        errorCodes.push(error instanceof Error && 'code' in error ? String(error.code) : String(error));
        throw error;
      }
    },
  });
  const watchedDb: Database = {
    ...db,
    ...watched(db),
    transaction: (point, work) => db.transaction(point, (sql) => work(watched(sql))),
  };
  return { deps: workerDeps(watchedDb, {}, env), errorCodes };
}

/** The jobs that match these requests, in their order. */
export async function jobsFor(sql: Sql, requests: NewRequest[]): Promise<string[]> {
  const rows = await sql.query<{ id: string; request: string }>(
    `select id, payload ->> 'requestId' as request from outbox where job = $1`,
    [matchRequest.name],
  );
  const jobs = new Map(rows.map(({ id, request }) => [request, id]));
  return requests.flatMap(({ id }) => jobs.get(id) ?? []);
}

/**
 * Delivers jobs and, as the queue does, those again that were told *not now*.
 * @returns how many deliveries were put off
 * @throws when a job is neither done nor put off, or is put off without end
 */
export async function deliverUntilDone(deps: WorkerDeps, ids: string[]): Promise<number> {
  let putOff = 0;
  for (let round = 0, left = ids; left.length > 0; round += 1) {
    if (round === 100) throw new Error(`${left.length} jobs are put off without end`);
    const outcomes = await deliver(deps, matchRequestHandler, left);
    const wrong = outcomes.find(({ kind }) => kind !== 'done' && kind !== 'not-now');
    if (wrong) throw new Error(`a job ended as ${JSON.stringify(wrong)}`);
    left = left.filter((_, index) => outcomes[index]?.kind === 'not-now');
    putOff += left.length;
  }
  return putOff;
}
