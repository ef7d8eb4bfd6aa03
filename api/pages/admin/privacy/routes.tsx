import { Router } from 'express';
import { heldUnder } from '../../../../db/held.ts';
import { erase } from '../../../../life/erase.ts';
import { actorOf } from '../../../actor.ts';
import { recordedExport } from '../../../admin/personal-data.ts';
import type { ApiDeps } from '../../../deps.ts';
import { personBody } from '../../../schemas-admin.ts';
import { viewOf } from '../../context.ts';
import { EMPTY_FORM, readForm, typedIn } from '../../forms.ts';
import { show } from '../../show.tsx';
import { type ErasedCounts, PRIVACY_PATH, PrivacyPage } from './page.tsx';

/** What is held of a person, to hand over or to erase. An address is always posted: it stands in no URL. */
export function privacyPages(deps: ApiDeps): Router {
  const { db } = deps;
  const router = Router();

  router
    .route('/')
    .get((request, response) =>
      show(response, <PrivacyPage form={EMPTY_FORM} erased={erasedIn(request.query)} />),
    )
    .post(async (request, response) => {
      const typed = typedIn(request.body);
      const read = readForm(personBody, { email: typed.email }, viewOf(response).t);
      if (read.errors) return show(response, <PrivacyPage form={{ typed, errors: read.errors }} />, 422);
      const { email } = read.value;
      const found = { email, held: await heldUnder(db, email) };
      show(response, <PrivacyPage form={{ typed, errors: {} }} found={found} />);
    });

  router.post('/export', async (request, response) => {
    const { data } = personBody.safeParse({ email: typedIn(request.body).email });
    if (!data) return response.redirect(303, PRIVACY_PATH);
    const exported = await recordedExport(db, actorOf(response), data.email);
    response.attachment('personal-data.json').json(exported);
  });

  router.post('/erase', async (request, response) => {
    const { data } = personBody.safeParse({ email: typedIn(request.body).email });
    if (!data) return response.redirect(303, PRIVACY_PATH);
    const { requests, partners, administrators } = await erase(deps, data.email, actorOf(response));
    const counts = Object.entries({ requests, partners, administrators });
    const query = new URLSearchParams(counts.map(([name, n]) => [name, String(n)]));
    response.redirect(303, `${PRIVACY_PATH}?done=erased&${query}`);
  });

  return router;
}

/** What was erased just now, as the address has it. */
function erasedIn(query: Record<string, unknown>): ErasedCounts | undefined {
  if (query.done !== 'erased') return undefined;
  const count = (name: string) => Math.max(0, Number.parseInt(String(query[name] ?? ''), 10) || 0);
  return {
    requests: count('requests'),
    partners: count('partners'),
    administrators: count('administrators'),
  };
}
