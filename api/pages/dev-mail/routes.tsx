import { Router } from 'express';
import { z } from 'zod';
import { findCaptured, listCaptured, newestCaptured } from '../../../db/captured-mails.ts';
import type { ApiDeps } from '../../deps.ts';
import { notFound, parse } from '../../problem.ts';
import { devMailQuery } from '../../schemas.ts';
import { neverKept } from '../headers.ts';
import { show } from '../show.tsx';
import { CapturedMailPage } from './page.tsx';

const SHOWN = 50;

/** What would have been sent, as people would see it. Mounted only where mail is captured. */
export function devMailPages({ db }: ApiDeps): Router {
  const router = Router();
  router.use('/dev', neverKept);

  router.get('/dev/mail', async (request, response) => {
    const { to } = parse(devMailQuery, request.query);
    const mails = await listCaptured(db, { to, limit: SHOWN });
    // The mails themselves are framed, from below.
    const policy = String(response.get('Content-Security-Policy'));
    response.set('Content-Security-Policy', `${policy}; frame-src 'self'`);
    show(response, <CapturedMailPage mails={mails} to={to} />);
  });

  router.get('/dev/mail/state', async (_request, response) => {
    response.json({ version: await newestCaptured(db) });
  });

  router.get('/dev/mail/:id', async (request, response) => {
    const { data: id } = z.uuid().safeParse(request.params.id);
    const mail = id && (await findCaptured(db, id));
    if (!mail) throw notFound();
    // Mails are dressed with inline styles; nothing in them may run.
    response.set({
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
      'X-Frame-Options': 'SAMEORIGIN',
    });
    // A link leaves the frame, as it would leave a mail program.
    response.type('html').send(mail.html.replace('<head>', '<head><base target="_top">'));
  });

  return router;
}
