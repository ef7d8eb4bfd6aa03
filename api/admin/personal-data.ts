import { Router } from 'express';
import { type Actor, recordAction } from '../../db/audit.ts';
import type { Database } from '../../db/connect.ts';
import { erase } from '../../life/erase.ts';
import { type Exported, exportOf } from '../../life/export.ts';
import { actorOf } from '../actor.ts';
import type { ApiDeps } from '../deps.ts';
import { requireJson } from '../json-body.ts';
import { only, parse } from '../problem.ts';
import { personBody } from '../schemas-admin.ts';

/** What is held of a person, by e-mail address: all of it handed over, or all of it erased. */
export function personalDataRoutes(deps: ApiDeps): Router {
  const router = Router();

  router
    .route('/export')
    .post(requireJson, async (request, response) => {
      const { email } = parse(personBody, request.body);
      response.json(await recordedExport(deps.db, actorOf(response), email));
    })
    .all(only('POST'));

  router
    .route('/erase')
    .post(requireJson, async (request, response) => {
      const { email } = parse(personBody, request.body);
      response.json(await erase(deps, email, actorOf(response)));
    })
    .all(only('POST'));

  return router;
}

/** Everything that is held; that it was handed over is kept, not whose it is. */
export async function recordedExport(db: Database, actor: Actor, email: string): Promise<Exported> {
  await db.transaction('export record', (sql) =>
    recordAction(sql, actor, {
      action: 'personal-data.export',
      subject: { kind: 'personal-data', id: null },
    }),
  );
  return exportOf(db, email);
}
