import { Router } from 'express';
import { listCaptured } from '../db/captured-mails.ts';
import type { ApiDeps } from './deps.ts';
import { parse } from './problem.ts';
import { devMailQuery } from './schemas.ts';

/** What would have been sent, as JSON. Mounted only where mail is captured: it shows every mail to everybody. */
export function devMailRoutes({ db }: ApiDeps): Router {
  const router = Router();

  router.get('/mail.json', async (request, response) => {
    const mails = await listCaptured(db, parse(devMailQuery, request.query));
    response.json({ data: mails.map(({ id: _, ...mail }) => mail) });
  });

  return router;
}
