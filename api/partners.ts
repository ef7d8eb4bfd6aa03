import { Router } from 'express';
import { z } from 'zod';
import { type CatalogCursor, countFilters, findPartner, listPartners } from '../db/partners.ts';
import { PARTNER_TYPES, SERVICES, TIERS } from '../domain/catalog.ts';
import { fold } from '../domain/fold.ts';
import { countryName, languageName, serviceName } from '../locales/names.ts';
import { translator } from '../locales/translator.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ApiDeps } from './deps.ts';
import { localeOf } from './locale.ts';
import { partnerJson } from './partner-json.ts';
import { notFound, only, parse } from './problem.ts';
import { partnersQuery } from './schemas.ts';

const cursorSchema = z.tuple([z.boolean(), z.number(), z.uuid()]);

/** The catalog, open to everybody. */
export function partnerRoutes({ db }: ApiDeps): Router {
  const router = Router();

  router
    .route('/partners')
    .get(async (request, response) => {
      const {
        services = [],
        country,
        language,
        type,
        tier,
        q,
        limit,
        cursor,
      } = parse(partnersQuery, request.query);
      const [speaksFirst, rank, id] = decodeCursor(cursorSchema, cursor) ?? [];
      const after = id === undefined ? undefined : ({ speaksFirst, rank, id } as CatalogCursor);
      const search = q && fold(q);
      const filter = { services, country, language, type, tier, search };
      // One row more than asked for tells whether there is a next page.
      const rows = await listPartners(db, filter, { after, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      response.json({
        data: shown.map(partnerJson),
        page: { nextCursor: last ? encodeCursor([last.speaksFirst, last.rank, last.id]) : null },
      });
    })
    .all(only('GET', 'HEAD'));

  router
    .route('/partners/:id')
    .get(async (request, response) => {
      const { id } = request.params;
      // Ids and slugs have these characters only; others (such as NUL) need not trouble the database.
      const partner = /^[\w-]{1,100}$/.test(id) ? await findPartner(db, id) : undefined;
      if (!partner) throw notFound();
      response.json(partnerJson(partner));
    })
    .all(only('GET', 'HEAD'));

  router
    .route('/catalog')
    .get(async (request, response) => {
      const locale = localeOf(request);
      const t = translator(locale);
      const counts = await countFilters(db);
      const byName = (entries: [string, number][], name: (code: string) => string) =>
        entries
          .map(([code, count]) => ({ code, name: name(code), count }))
          .sort((a, b) => a.name.localeCompare(b.name, locale));
      response.vary('Accept-Language').json({
        services: SERVICES.map((slug) => ({
          slug,
          name: serviceName(locale, slug),
          count: counts.services[slug] ?? 0,
        })),
        countries: byName(Object.entries(counts.countries), (code) => countryName(locale, code)),
        languages: byName(Object.entries(counts.languages), (code) => languageName(locale, code)),
        types: PARTNER_TYPES.map((code) => ({
          code,
          name: t(`type.${code}`),
          count: counts.types[code] ?? 0,
        })),
        tiers: TIERS.map((code) => ({ code, name: t(`tier.${code}`), count: counts.tiers[code] ?? 0 })),
      });
    })
    .all(only('GET', 'HEAD'));

  return router;
}
