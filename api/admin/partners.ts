import { Router } from 'express';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import {
  type AdminPartner,
  findAnyPartner,
  insertPartner,
  listAllPartners,
  lockPartner,
  type PartnerFacts,
  updatePartner,
} from '../../db/admin-partners.ts';
import { slug as slugOf } from '../../db/seed/slug.ts';
import { fold } from '../../domain/fold.ts';
import { rank } from '../../domain/ranking.ts';
import { decodeCursor, pageOf } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { requireJson } from '../json-body.ts';
import { namedPartner } from '../named-partner.ts';
import { notFound, only, Problem, parse } from '../problem.ts';
import { adminPartnersQuery, type PartnerPatch, partnerBody, partnerPatch } from '../schemas-admin.ts';

/** The whole catalog, unlisted partners too, to look at and to change. */
export function adminPartnerRoutes({ db }: ApiDeps): Router {
  const router = Router();
  const find = (idOrSlug: string) => namedPartner(db, idOrSlug, findAnyPartner);

  router
    .route('/')
    .get(async (request, response) => {
      const { q, listed, tier, limit, cursor } = parse(adminPartnersQuery, request.query);
      const shown = listed === undefined ? undefined : listed === 'true';
      const before = decodeCursor(z.uuid(), cursor);
      const filter = { search: q && fold(q), listed: shown, tier };
      const rows = await listAllPartners(db, filter, { before, limit: limit + 1 });
      response.json(pageOf(rows, limit, (last) => last.id));
    })
    .post(requireJson, async (request, response) => {
      const body = parse(partnerBody, request.body);
      const slug = body.slug ?? slugFrom(body.name);
      const id = uuidv7();
      const newcomer = rank({ completedProjects: 0, reviewCount: 0, ratingSum: 0 });
      if (!(await insertPartner(db, { id, slug, rank: newcomer }, factsOf(body)))) {
        throw new Problem(409, 'slug_taken', `There is a partner "${slug}" already; send another slug.`);
      }
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
      await db.transaction(async (sql) => {
        const before = await lockPartner(sql, id);
        if (!before) throw notFound();
        await updatePartner(sql, id, factsOf(patched(before, patch)));
      });
      response.json(await find(id));
    })
    .all(only('GET', 'HEAD', 'PATCH'));

  return router;
}

type Said = Omit<PartnerFacts, 'searchText' | 'languages'> & Pick<AdminPartner, 'languages'>;

function factsOf({ languages, ...said }: Said): PartnerFacts {
  const [primary = [], others = []] = [true, false].map((first) =>
    languages.filter((language) => language.primary === first).map(({ code }) => code),
  );
  return { ...said, languages: [...primary, ...others], searchText: fold(`${said.title} ${said.name}`) };
}

function patched(before: AdminPartner, patch: PartnerPatch): Said {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { ...before, ...given };
}

/** @throws Problem 422 when the name has nothing that a slug can be made of (東京) */
function slugFrom(name: string): string {
  const slug = slugOf(name).slice(0, 100).replace(/-$/, '');
  if (slug !== '') return slug;
  const errors = [
    { pointer: '/slug', code: 'required', detail: 'is required: the name has no Latin letters or digits' },
  ];
  throw new Problem(422, 'invalid', 'Some fields are missing or wrong; see errors.', errors);
}
