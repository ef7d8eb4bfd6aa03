import compression from 'compression';
import { Router } from 'express';
import type { Reads } from '../../../db/connect.ts';
import { countFilters, type FilterCounts } from '../../../db/partners.ts';
import { type CatalogPage as Found, listCatalog } from '../../catalog-list.ts';
import type { ApiDeps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import { viewOf } from '../context.ts';
import { show } from '../show.tsx';
import { CatalogPage } from './page.tsx';
import { type CatalogQuery, catalogPath, filterOf, readCatalogQuery } from './query.ts';

// Divides into rows of one, two and three.
const PER_PAGE = 18;

/** The catalog of partners, at `/`. */
export function catalogPages({ db, catalog = db }: ApiDeps): Router {
  const router = Router();

  // Nothing secret is on this page, so packing it gives nothing away.
  router.get('/', compression(), async (request, response) => {
    const asked = readCatalogQuery(request.query);
    const view = viewOf(response);
    const byScript = request.get('hx-request') !== undefined;
    // What a form sends without JavaScript has empty fields, which nobody wants to share.
    if (!byScript && /[?&]\w+=(&|$)/.test(view.path)) return response.redirect(302, catalogPath(asked));
    const counts = await countFilters(catalog);
    const { query, found } = await find(catalog, asked, counts);
    view.path = catalogPath(query);
    // Typing changes the address; asking for more of the same does not.
    if (byScript && !query.cursor) response.set('HX-Replace-Url', view.path);
    show(response, <CatalogPage query={query} found={found} counts={counts} />);
  });

  return router;
}

/** A cursor that is none of this list's is left out, as anything else is that the address should not hold. */
async function find(
  db: Reads,
  query: CatalogQuery,
  counts: FilterCounts,
): Promise<{ query: CatalogQuery; found: Found }> {
  try {
    const page = { cursor: query.cursor, limit: PER_PAGE, counts };
    return { query, found: await listCatalog(db, filterOf(query), page) };
  } catch (error) {
    if (!(error instanceof Problem) || query.cursor === undefined) throw error;
    return find(db, { ...query, cursor: undefined, flawed: true }, counts);
  }
}
