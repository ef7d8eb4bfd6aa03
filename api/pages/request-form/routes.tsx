import { randomUUID } from 'node:crypto';
import { type Response, Router } from 'express';
import { z } from 'zod';
import type { Sql } from '../../../db/connect.ts';
import { countFilters, findPartner, type PartnerView } from '../../../db/partners.ts';
import { durationWords } from '../../../locales/duration-words.ts';
import type { IntakeDeps } from '../../deps.ts';
import { countRequest } from '../../limit-requests.ts';
import { countWrite } from '../../limit-writes.ts';
import { namedPartner } from '../../named-partner.ts';
import { logProblem, type Problem, sayWhen, toProblem } from '../../problem.ts';
import { requestBody } from '../../schemas.ts';
import { viewOf } from '../context.ts';
import { readForm, type Typed, typedIn, typedText } from '../forms.ts';
import { neverKept } from '../headers.ts';
import { show } from '../show.tsx';
import type { View } from '../view.ts';
import { type Addressed, addressed } from './addressed.ts';
import { bodyOf, inFormOrder, prefilled } from './fields.ts';
import { type RequestForm, RequestFormPage } from './page.tsx';
import { isInFlight, takeInOnce } from './take-in-once.ts';

const PATH = '/requests/new';
// What it takes at most where an address writes too often.
const A_MINUTE_S = 60;

/** The form that every request begins with: for three partners that match, or for one that was chosen. */
export function requestFormPages(deps: IntakeDeps): Router {
  const { db, config } = deps;
  const router = Router();

  router
    .route(PATH)
    .get(async (request, response) => {
      const { locale } = viewOf(response);
      const slug = [request.query.partner ?? ''].flat()[0];
      const partner = slug ? await namedPartner(db, String(slug), findPartner) : undefined;
      const counts = await countFilters(db);
      const form = { typed: prefilled(request.query, counts, locale), errors: {} };
      const window = durationWords(locale, config.answerWindowMs);
      const recipient: Addressed = partner ? addressed(partner, false) : {};
      show(response, <RequestFormPage request={{ form, key: randomUUID(), counts, window, ...recipient }} />);
    })
    .post(neverKept, async (request, response) => {
      const typed = typedIn(request.body);
      const { t, locale } = viewOf(response);
      const key = typedText(typed, 'key') || randomUUID();
      const read = readForm(requestBody, bodyOf(typed), t);
      if (read.errors) {
        return again(response, { typed, key, errors: inFormOrder(read.errors), status: 422 });
      }
      try {
        await countWrite(deps, request);
        await countRequest(deps, read.value.client.email);
        const { id, accessToken } = await takeInOnce(deps.takeIn, read.value, locale, key);
        response.redirect(303, `/requests/${id}/${accessToken}?new=1`);
      } catch (error) {
        const problem = toProblem(error);
        const trouble = troubleOf(problem, viewOf(response));
        if (!trouble && !isDeclined(problem)) throw error;
        logProblem(deps.log, problem, error, PATH);
        sayWhen(response, problem);
        await again(response, { typed, key, trouble, status: trouble ? problem.status : 409 });
      }
    });

  /** The form as it was typed, with what is wrong, for the partner as it is now. */
  async function again(response: Response, { typed, key, errors = {}, status, trouble }: Again) {
    const wanted = typedText(typed, 'partnerId');
    const recipient: Addressed = wanted ? addressed(await partnerById(db, wanted), true) : {};
    // Who agreed that one partner gets it has not agreed that others do.
    const kept = recipient.declined ? { ...typed, consent: undefined } : typed;
    const form: RequestForm = {
      form: { typed: kept, errors },
      key,
      trouble,
      counts: await countFilters(db),
      window: durationWords(viewOf(response).locale, config.answerWindowMs),
      ...recipient,
    };
    viewOf(response).path = recipient.partner ? `${PATH}?partner=${recipient.partner.slug}` : PATH;
    show(response, <RequestFormPage request={form} />, status);
  }

  return router;
}

async function partnerById(sql: Sql, given: string): Promise<PartnerView | undefined> {
  const id = z.uuid().safeParse(given).data;
  return id ? findPartner(sql, id) : undefined;
}

interface Again {
  typed: Typed;
  key: string;
  errors?: Record<string, string>;
  status: number;
  trouble?: string | undefined;
}

/** Why it could not be taken in just now: the database is busy, the same is being taken in, or too many are sent. */
function troubleOf(problem: Problem, { t, locale }: View): string | undefined {
  const { status, retryAfterS = 0 } = problem;
  if (status === 429 && retryAfterS > A_MINUTE_S)
    return t('request-form.wait', { wait: durationWords(locale, retryAfterS * 1_000) });
  if (status === 429) return t('problem.too_many_requests');
  return isInFlight(problem) || status === 503 ? t('request-form.busy') : undefined;
}

/** The partner takes no requests any more, or is not in the catalog any more. */
function isDeclined({ code, errors = [] }: Problem): boolean {
  return code === 'not_accepting' || errors.some((each) => each.code === 'unknown_partner');
}
