import { type Response, Router } from 'express';
import { z } from 'zod';
import type { FailedJob } from '../../../../db/failed-jobs.ts';
import { subjectsOf } from '../../../../db/failed-jobs.ts';
import { actorOf } from '../../../actor.ts';
import { failedJobs, retryJob } from '../../../admin/failed-jobs.ts';
import { wholeStory } from '../../../admin/read-requests.ts';
import type { ApiDeps } from '../../../deps.ts';
import { hasOperators } from '../../../ops/credentials.ts';
import { Problem, parse } from '../../../problem.ts';
import { pageQuery } from '../../../schemas.ts';
import { viewOf } from '../../context.ts';
import { typedIn, typedText } from '../../forms.ts';
import { problemKey } from '../../problem-page.tsx';
import { show } from '../../show.tsx';
import { StoryPage } from '../requests/story-page.tsx';
import { FailedJobsPage } from './page.tsx';

const PER_PAGE = '30';

/** Jobs that failed for good, and doing them after all. */
export function jobPages(deps: ApiDeps): Router {
  const { db, config } = deps;
  const router = Router();

  const list = async (
    response: Response,
    { cursor, ...shown }: { cursor?: unknown; done?: boolean; problem?: string },
    status = 200,
  ) => {
    const found = await failedJobs(db, parse(pageQuery, { cursor, limit: PER_PAGE }));
    const subjects = await subjectsOf(db, idsIn(found.data));
    show(
      response,
      <FailedJobsPage found={found} subjects={subjects} hasBoard={hasOperators(config)} {...shown} />,
      status,
    );
  };

  router.get('/', (request, response) => {
    const { cursor, done } = request.query;
    return list(response, { cursor, done: done === 'retried' });
  });

  router.post('/:id/retry', async (request, response) => {
    const { data: requestId } = z.uuid().safeParse(typedText(typedIn(request.body), 'requestId'));
    const page = requestId ? `/admin/requests/${requestId}` : '/admin/jobs';
    try {
      await retryJob(deps, actorOf(response), request.params.id);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'not_failed') throw error;
      const view = viewOf(response);
      view.path = page;
      const problem = view.t(problemKey(error));
      if (!requestId) return list(response, { problem }, 409);
      return show(response, <StoryPage story={await wholeStory(db, requestId)} problem={problem} />, 409);
    }
    response.redirect(303, `${page}?done=retried`);
  });

  return router;
}

const id = z.uuid().optional().catch(undefined);
const naming = z.object({ requestId: id, matchId: id, dealId: id, emailId: id }).catch({});

/** The ids of requests, matches (or their deals) and mails that these jobs name; a deal has its match's id. */
function idsIn(jobs: Pick<FailedJob, 'payload'>[]) {
  const named = jobs.map(({ payload }) => naming.parse(payload));
  return {
    requestIds: named.flatMap(({ requestId }) => requestId ?? []),
    matchIds: named.flatMap(({ matchId, dealId }) => matchId ?? dealId ?? []),
    emailIds: named.flatMap(({ emailId }) => emailId ?? []),
  };
}
