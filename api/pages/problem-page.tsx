import type { ErrorRequestHandler } from 'express';
import type { Key } from '../../locales/translator.ts';
import type { Log } from '../../log.ts';
import { logProblem, type Problem, sayWhen, toProblem } from '../problem.ts';
import { viewOf } from './context.ts';
import type { Typed } from './forms.ts';
import { KeptTexts } from './kept-texts.tsx';
import { Layout } from './layout.tsx';
import { show } from './show.tsx';
import { useView } from './view.ts';

/** Errors below pages, as pages. The last stop is the API's own handler: for what fails before there is a view. */
export function problemPages(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent || !viewOf(response)) return next(error);
    const problem = toProblem(error);
    logProblem(log, problem, error, request.route?.path);
    // The language links lead to a page; what a form was sent to need not be one.
    if (request.method !== 'GET' && request.method !== 'HEAD') viewOf(response).path = '/';
    sayWhen(response, problem);
    // Whoever is refused for a minute only has done nothing wrong, and may have written a lot.
    const typed: Typed = problem.status === 429 ? (request.body ?? {}) : {};
    show(response, <ProblemPage problem={problem} typed={typed} />, problem.status);
  };
}

/** The codes that have words of their own. */
export const NAMED_PROBLEMS = [
  'cross_site',
  'signed_out',
  'not_accepting',
  'unknown_partner',
  'already_completed',
  'client_chose_another',
  'client_cancelled',
  'place_refilled',
  'not_possible',
  'not_live',
  'not_asked',
  'not_invited',
  'not_unmatched',
  'already_reviewed',
  'already_replied',
  'stale',
  'board_busy',
  'last_stage',
  'stage_has_deals',
  'pipeline_has_deals',
  'too_many_pipelines',
  'too_many_keys',
  'target_kind',
  'unknown_stage',
  'slug_taken',
  'not_failed',
  'bad_token',
  'feedback_link',
  'too_large',
  'too_many_requests',
] as const;

const BY_STATUS: Record<number, Key> = {
  400: 'problem.bad_request',
  401: 'problem.signed_out',
  403: 'problem.forbidden',
  404: 'problem.not_found',
  503: 'problem.unavailable',
};

/** What is wrong and what to do, in the reader's words. */
export function problemKey({ code, status }: Problem): Key {
  const named = NAMED_PROBLEMS.find((each) => each === code);
  return named
    ? `problem.${named}`
    : (BY_STATUS[status] ?? (status < 500 ? 'problem.bad_request' : 'problem.internal'));
}

function ProblemPage({ problem, typed }: { problem: Problem; typed: Typed }) {
  const { t } = useView();
  const missing = problem.status === 404;
  return (
    <Layout title={t(missing ? 'problem.missing-title' : 'problem.title')} width="narrow">
      <div class="empty">
        <p class="big-code" aria-hidden="true">
          {problem.status}
        </p>
        <h1>{t(missing ? 'problem.missing-title' : 'problem.title')}</h1>
        <p>{t(problemKey(problem))}</p>
        <KeptTexts typed={typed} />
        <p class="actions">
          {problem.status === 401 ? (
            <a class="button" href="/sign-in">
              {t('nav.sign-in')}
            </a>
          ) : (
            <a class="button" href="/">
              {t('problem.home')}
            </a>
          )}
        </p>
      </div>
    </Layout>
  );
}
