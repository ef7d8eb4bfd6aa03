import compression from 'compression';
import { Router } from 'express';
import { countFilters } from '../../../db/partners.ts';
import { listCatalog } from '../../catalog-list.ts';
import type { ApiDeps } from '../../deps.ts';
import { viewOf } from '../context.ts';
import { show } from '../show.tsx';
import { CatalogPage } from './page.tsx';
import { catalogPath, filterOf, readCatalogQuery } from './query.ts';

// Divides into rows of one, two and three.
const PER_PAGE = 18;

/** The catalog of partners, at `/`. */
export function catalogPages({ db }: ApiDeps): Router {
  const router = Router();

  // Nothing secret is on this page, so packing it gives nothing away.
  router.get('/', compression(), async (request, response) => {
    const query = readCatalogQuery(request.query);
    const view = viewOf(response);
    const path = catalogPath(query);
    // Typing changes the address; asking for more of the same does not.
    const byScript = request.get('hx-request') !== undefined;
    if (byScript && !query.cursor) response.set('HX-Replace-Url', path);
    // What a form sends without JavaScript has empty fields, which nobody wants to share.
    if (!byScript && /[?&]\w+=(&|$)/.test(view.path)) return response.redirect(302, path);
    view.path = path;
    const found = await listCatalog(db, filterOf(query), { cursor: query.cursor, limit: PER_PAGE });
    show(response, <CatalogPage query={query} found={found} counts={await countFilters(db)} />);
  });

  return router;
}
