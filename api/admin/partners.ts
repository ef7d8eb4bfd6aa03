import { Router } from 'express';
import { findAnyPartner } from '../../db/admin-partners.ts';
import { actorOf } from '../actor.ts';
import type { ApiDeps } from '../deps.ts';
import { requireJson } from '../json-body.ts';
import { namedPartner } from '../named-partner.ts';
import { only, parse } from '../problem.ts';
import { adminPartnersQuery, partnerBody, partnerPatch } from '../schemas-admin.ts';
import { addPartner, allPartners, changePartner } from './change-partners.ts';

/** The whole catalog, unlisted partners too, to look at and to change. */
export function adminPartnerRoutes({ db }: ApiDeps): Router {
  const router = Router();
  const find = (idOrSlug: string) => namedPartner(db, idOrSlug, findAnyPartner);

  router
    .route('/')
    .get(async (request, response) => {
      response.json(await allPartners(db, parse(adminPartnersQuery, request.query)));
    })
    .post(requireJson, async (request, response) => {
      const id = await addPartner(db, actorOf(response), parse(partnerBody, request.body));
      response
        .status(201)
        .location(`/api/v1/admin/partners/${id}`)
        .json(await findAnyPartner(db, id));
    })
    .all(only('GET', 'HEAD', 'POST'));

  router
    .route('/:id')
    .get(async (request, response) => {
      response.json(await find(request.params.id));
    })
    .patch(requireJson, async (request, response) => {
      const patch = parse(partnerPatch, request.body);
      const { id } = await find(request.params.id);
      await changePartner(db, actorOf(response), id, patch);
      response.json(await find(id));
    })
    .all(only('GET', 'HEAD', 'PATCH'));

  return router;
}
