import { type Response, Router } from 'express';
import { countStatuses } from '../../../../db/admin-requests.ts';
import { allRequests, wholeStory } from '../../../admin/read-requests.ts';
import type { ApiDeps } from '../../../deps.ts';
import { adminRequestsQuery } from '../../../schemas-admin.ts';
import { viewOf } from '../../context.ts';
import { typedIn } from '../../forms.ts';
import { knownParts } from '../../known-parts.ts';
import { show } from '../../show.tsx';
import { searchIn, searchPath } from '../search.ts';
import { RequestListPage } from './list-page.tsx';
import { StoryPage } from './story-page.tsx';

const PER_PAGE = '30';
const PATH = '/admin/requests';

/**
 * All requests, and the story of each. A search is posted: for a title it is then in the page's address, for a
 * client's e-mail address it never is.
 */
export function adminRequestPages({ db }: ApiDeps): Router {
  const router = Router();

  const list = async (response: Response, asked: Record<string, unknown>) => {
    const { known, flawed } = knownParts(adminRequestsQuery, { ...asked, limit: PER_PAGE });
    const found = await allRequests(db, known);
    const counts = await countStatuses(db);
    show(response, <RequestListPage query={known} flawed={flawed} found={found} counts={counts} />);
  };

  router
    .route('/')
    .get((request, response) => {
      const { q, status, cursor } = request.query;
      return list(response, { q, status, cursor });
    })
    .post((request, response) => {
      const search = searchIn(typedIn(request.body), ['q', 'status', 'cursor']);
      const path = searchPath(PATH, search, adminRequestsQuery);
      if (path) return response.redirect(303, path);
      viewOf(response).path = PATH;
      return list(response, search);
    });

  router.get('/:id', async (request, response) => {
    const story = await wholeStory(db, request.params.id);
    show(response, <StoryPage story={story} done={request.query.done === 'retried'} />);
  });

  return router;
}
