import { Router } from 'express';
import { uuidv7 } from 'uuidv7';
import { partnerNames } from '../../db/admin-partners.ts';
import { countEligible, findCandidates } from '../../db/candidates.ts';
import { draw, PARTNERS_PER_REQUEST } from '../../domain/matching.ts';
import type { ApiDeps } from '../deps.ts';
import { requireJson } from '../json-body.ts';
import { only, parse } from '../problem.ts';
import { previewBody } from '../schemas-admin.ts';

/** A draw that is not one: who would be asked now, and with what chances. Writes nothing. */
export function matchPreviewRoutes({ db, config }: ApiDeps): Router {
  const router = Router();

  router
    .route('/')
    .post(requireJson, async (request, response) => {
      const { criteria, policy = config.matchingPolicy } = parse(previewBody, request.body);
      const search = {
        requestId: uuidv7(),
        services: criteria?.services ?? [],
        country: criteria?.country ?? null,
        language: criteria?.language ?? null,
        partnerType: criteria?.partnerType ?? null,
        tier: criteria?.tier ?? null,
        asked: [],
      };
      const found = await findCandidates(db, [search]);
      const eligible = (await countEligible(db, [search])).get(search.requestId) ?? 0;
      // As a first draw of a request with this id would be.
      const drawn = draw(found, policy, `${search.requestId}/1`, PARTNERS_PER_REQUEST);
      const names = await partnerNames(
        db,
        found.map(({ id }) => id),
      );
      const weights = new Map(drawn.candidates.map(({ id, weight }) => [id, weight]));
      response.json({
        policy,
        policyVersion: drawn.policyVersion,
        seed: drawn.seed,
        eligible,
        candidates: found.map(({ id, rank, liveLeads }) => ({
          partner: names.get(id),
          weight: weights.get(id),
          rank,
          liveLeads,
        })),
        picked: drawn.picked.map((id) => names.get(id)),
      });
    })
    .all(only('POST'));

  return router;
}
