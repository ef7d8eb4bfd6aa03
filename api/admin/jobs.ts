import { Router } from 'express';
import { z } from 'zod';
import { isPromised, listFailed, reviveFailed } from '../../db/failed-jobs.ts';
import type { Outstanding } from '../../db/outbox-sweep.ts';
import { decodeCursor, pageOf } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound, only, Problem, parse } from '../problem.ts';
import { pageQuery } from '../schemas.ts';

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** Jobs that failed for good, from the outbox: what the queue says of them does not matter here. */
export function adminJobRoutes({ db, queues, log }: ApiDeps): Router {
  const router = Router();

  router
    .route('/failed')
    .get(async (request, response) => {
      const { limit, cursor } = parse(pageQuery, request.query);
      const [place, id] = decodeCursor(cursorSchema, cursor) ?? [];
      const after = place !== undefined && id !== undefined ? { place, id } : undefined;
      const rows = await listFailed(db, { after, limit: limit + 1 });
      const { data, page } = pageOf(rows, limit, (last) => [last.place, last.id]);
      response.json({ data: data.map(({ place, ...job }) => job), page });
    })
    .all(only('GET', 'HEAD'));

  router
    .route('/:id/retry')
    .post(async (request, response) => {
      const id = z.uuid().safeParse(request.params.id).data;
      const row = id && (await reviveFailed(db, id));
      if (!row) {
        if (!id || !(await isPromised(db, id))) throw notFound();
        throw new Problem(409, 'not_failed', 'This job has not failed for good: it is going to be done.');
      }
      await putUpAgain(row);
      response.status(202).json({ id: row.id, job: row.job });
    })
    .all(only('POST'));

  /**
   * The row is due whatever the queue says, and the sweeper looks at it in 5 s. This only makes it sooner:
   * the delivery that failed is taken down, since a queue takes an id it knows for done.
   */
  async function putUpAgain(row: Outstanding): Promise<void> {
    try {
      if ((await queues.state(row.job, row.id)) === 'finished') await queues.remove(row.job, row.id);
      queues.dispatch([row]);
    } catch (error) {
      log.warn({ job: row.job, error: (error as Error).message }, 'retry waits for the sweeper');
    }
  }

  return router;
}
