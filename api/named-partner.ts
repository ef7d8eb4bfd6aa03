import type { Sql } from '../db/connect.ts';
import { notFound } from './problem.ts';

/**
 * The partner that an address names by id or slug, as `find` sees it. Ids and slugs have letters, digits,
 * `-` and `_` only: anything else (such as NUL) need not trouble the database.
 * @throws Problem 404 when there is none
 */
export async function namedPartner<Partner>(
  sql: Sql,
  idOrSlug: string,
  find: (sql: Sql, idOrSlug: string) => Promise<Partner | undefined>,
): Promise<Partner> {
  const partner = /^[\w-]{1,100}$/.test(idOrSlug) ? await find(sql, idOrSlug) : undefined;
  if (!partner) throw notFound();
  return partner;
}
