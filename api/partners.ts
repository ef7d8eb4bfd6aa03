import { Router } from 'express';
import { z } from 'zod';
import { countFilters, findPartner } from '../db/partners.ts';
import { countHidden, listReviews } from '../db/reviews.ts';
import { PARTNER_TYPES, SERVICES, TIERS } from '../domain/catalog.ts';
import { fold } from '../domain/fold.ts';
import { countryName, languageName, serviceName } from '../locales/names.ts';
import { translator } from '../locales/translator.ts';
import { listCatalog } from './catalog-list.ts';
import { decodeCursor, pageOf } from './cursor.ts';
import type { ApiDeps } from './deps.ts';
import { localeOf } from './locale.ts';
import { namedPartner } from './named-partner.ts';
import { partnerJson } from './partner-json.ts';
import { only, parse } from './problem.ts';
import { publicReview } from './reviews.ts';
import { pageQuery, partnersQuery } from './schemas.ts';

/** The catalog, open to everybody. */
export function partnerRoutes({ db, catalog = db }: ApiDeps): Router {
  const router = Router();

  router
    .route('/partners')
    .get(async (request, response) => {
      const { services = [], q, limit, cursor, ...given } = parse(partnersQuery, request.query);
      const { country, language, type, tier } = given;
      const filter = { services, country, language, type, tier, search: q && fold(q) };
      const { data, ...rest } = await listCatalog(catalog, filter, { cursor, limit });
      response.json({ data: data.map(partnerJson), ...rest });
    })
    .all(only('GET', 'HEAD'));

  router
    .route('/partners/:id')
    .get(async (request, response) => {
      response.json(partnerJson(await namedPartner(catalog, request.params.id, findPartner)));
    })
    .all(only('GET', 'HEAD'));

  router
    .route('/partners/:id/reviews')
    .get(async (request, response) => {
      const { limit, cursor } = parse(pageQuery, request.query);
      const before = decodeCursor(z.uuid(), cursor);
      const partner = await namedPartner(catalog, request.params.id, findPartner);
      const rows = await listReviews(catalog, { partnerId: partner.id, before, limit: limit + 1 });
      const { data, page } = pageOf(rows, limit, (last) => last.id);
      const hiddenCount = await countHidden(catalog, partner.id);
      response.json({ data: data.map(publicReview), page, hiddenCount });
    })
    .all(only('GET', 'HEAD'));

  router
    .route('/catalog')
    .get(async (request, response) => {
      const locale = localeOf(request);
      const t = translator(locale);
      const counts = await countFilters(catalog);
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
