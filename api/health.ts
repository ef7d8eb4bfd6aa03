import { Router } from 'express';
import { SILENT_MS } from '../jobs/heartbeat.ts';
import type { ApiDeps } from './deps.ts';

// A dependency that takes longer than this to answer counts as away.
const PATIENCE_MS = 2_000;

/** For whoever restarts and balances: is the process alive, and can it do its work just now? */
export function healthRoutes({ db, catalog, queues, workersSilentMs }: ApiDeps): Router {
  const router = Router();

  router.get('/livez', (_request, response) => {
    response.json({ status: 'alive' });
  });

  router.get('/readyz', async (_request, response) => {
    const [database, board, replica] = await Promise.all([
      answers(db.query('select')),
      answers(queues.backend.ask()),
      catalog?.ask && answers(catalog.ask()),
    ]);
    const checks = {
      database: database ? 'ok' : 'away',
      queues: board ? 'ok' : 'away',
      ...(workersSilentMs && { workers: workersSilentMs() < 2 * SILENT_MS ? 'ok' : 'silent' }),
    };
    const ready = Object.values(checks).every((check) => check === 'ok');
    // Without its replica the catalog is read elsewhere: that is worth knowing, and no reason to send people away.
    const elsewhere = replica !== undefined && { catalogReplica: replica ? 'ok' : 'away' };
    response
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: ready ? 'ready' : 'not ready', checks: { ...checks, ...elsewhere } });
  });

  return router;
}

async function answers(question: Promise<unknown>): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false).unref());
  return Promise.race([
    question.then(
      () => true,
      () => false,
    ),
    late,
  ]);
}
