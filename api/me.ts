import { Router } from 'express';
import { standingOf } from '../db/profiles.ts';
import { adviseOnRank, explainRank, hundredths } from '../domain/rank-words.ts';
import { adviceWords, explanation } from '../locales/rank-words.ts';
import { translator } from '../locales/translator.ts';
import { requirePartner } from './credentials.ts';
import type { ApiDeps } from './deps.ts';
import { editProfile, readProfile } from './edit-profile.ts';
import { requireJson } from './json-body.ts';
import { localeOf } from './locale.ts';
import { notFound, only, parse } from './problem.ts';
import { profileChange } from './schemas-partner.ts';

/** What a partner sees and changes of itself. */
export function meRoutes({ db }: ApiDeps): Router {
  const router = Router();

  router
    .route('/')
    .get(async (request, response) => {
      const partnerId = await requirePartner(db, request);
      response.json(await readProfile(db, partnerId));
    })
    .patch(requireJson, async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const change = parse(profileChange, request.body);
      response.json(await db.transaction('profile edit', (sql) => editProfile(sql, partnerId, change)));
    })
    .all(only('GET', 'HEAD', 'PATCH'));

  router
    .route('/rank')
    .get(async (request, response) => {
      const partnerId = await requirePartner(db, request);
      const standing = await standingOf(db, partnerId);
      if (!standing) throw notFound();
      const locale = localeOf(request);
      const { rank, place, of } = standing;
      response.vary('Accept-Language').json({
        rank: hundredths(rank),
        place,
        of,
        parts: explainRank(standing).map((part) => ({ ...part, explanation: explanation(locale, part) })),
        advice: [
          ...(place === null ? [translator(locale)('rank.unlisted')] : []),
          ...adviseOnRank(standing).map((advice) => adviceWords(locale, advice)),
        ],
      });
    })
    .all(only('GET', 'HEAD'));

  return router;
}
