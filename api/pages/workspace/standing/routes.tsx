import { Router } from 'express';
import { funnelsOf } from '../../../../db/funnel.ts';
import { standingOf } from '../../../../db/profiles.ts';
import type { ApiDeps } from '../../../deps.ts';
import { notFound } from '../../../problem.ts';
import { partnerOf } from '../../guard.tsx';
import { show } from '../../show.tsx';
import { StandingPage } from './page.tsx';

const RECENT_DAYS = 90;

/** The partner's rank and funnel, at `/workspace/rank`. */
export function standingPages({ db }: ApiDeps): Router {
  const router = Router();

  router.get('/workspace/rank', async (_request, response) => {
    const { partnerId } = partnerOf(response);
    const [standing, funnels] = await Promise.all([
      standingOf(db, partnerId),
      funnelsOf(db, partnerId, RECENT_DAYS),
    ]);
    if (!standing) throw notFound();
    show(response, <StandingPage standing={standing} funnels={funnels} days={RECENT_DAYS} />);
  });

  return router;
}
