import compression from 'compression';
import { Router } from 'express';
import { z } from 'zod';
import { findPartner } from '../../../db/partners.ts';
import { listReviews, summariseReviews } from '../../../db/reviews.ts';
import { decodeCursor, pageOf } from '../../cursor.ts';
import type { ApiDeps } from '../../deps.ts';
import { namedPartner } from '../../named-partner.ts';
import { parse } from '../../problem.ts';
import { pageQuery } from '../../schemas.ts';
import { show } from '../show.tsx';
import { ProfilePage } from './page.tsx';

const PER_PAGE = 8;

/** Partners' public profiles, at `/partners/{slug}`. */
export function partnerPages({ db, catalog = db }: ApiDeps): Router {
  const router = Router();

  // Nothing secret is on this page, so packing it gives nothing away.
  router.get<{ slug: string }>('/partners/:slug', compression(), async (request, response) => {
    const partner = await namedPartner(catalog, request.params.slug, findPartner);
    const path = `/partners/${encodeURIComponent(partner.slug)}`;
    if (partner.slug !== request.params.slug) return response.redirect(302, path);
    const { cursor } = parse(pageQuery, request.query);
    const before = decodeCursor(z.uuid(), cursor || undefined);
    const [rows, summary] = await Promise.all([
      listReviews(catalog, { partnerId: partner.id, before, limit: PER_PAGE + 1 }),
      summariseReviews(catalog, partner.id),
    ]);
    const found = pageOf(rows, PER_PAGE, (last) => last.id);
    const { nextCursor } = found.page;
    const next = nextCursor === null ? undefined : `${path}?cursor=${nextCursor}`;
    const reviews = { shown: found.data, summary, next, further: before !== undefined };
    show(response, <ProfilePage partner={partner} reviews={reviews} />);
  });

  return router;
}
