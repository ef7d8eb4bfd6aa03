import { Router } from 'express';
import { countFilters } from '../../../../db/partners.ts';
import { previewMatch } from '../../../admin/preview-match.ts';
import type { ApiDeps } from '../../../deps.ts';
import { previewBody } from '../../../schemas-admin.ts';
import { viewOf } from '../../context.ts';
import { nested, readForm, type Typed, typedIn } from '../../forms.ts';
import { show } from '../../show.tsx';
import { PreviewPage } from './page.tsx';

/** Who would be asked now, and with what chances. Writes nothing. */
export function previewPages({ db, config }: ApiDeps): Router {
  const router = Router();

  router
    .route('/')
    .get(async (_request, response) => {
      const form = { typed: { policy: config.matchingPolicy }, errors: {} };
      show(response, <PreviewPage form={form} counts={await countFilters(db)} />);
    })
    .post(async (request, response) => {
      const typed = typedIn(request.body);
      const counts = await countFilters(db);
      const read = readForm(previewBody, nested(typed, ['criteria.services']), viewOf(response).t);
      if (read.errors)
        return show(
          response,
          <PreviewPage form={{ typed, errors: byField(read.errors) }} counts={counts} />,
          422,
        );
      const preview = await previewMatch(db, read.value, config.matchingPolicy);
      show(response, <PreviewPage form={formOf(typed)} counts={counts} preview={preview} />);
    });

  return router;
}

const formOf = (typed: Typed) => ({ typed, errors: {} });

/** What is wrong with one of the services is wrong with the field of them all. */
function byField(errors: Record<string, string>): Record<string, string> {
  const renamed = Object.entries(errors).map(([name, words]) => [name.replace(/\.\d+$/, ''), words]);
  return Object.fromEntries(renamed);
}
