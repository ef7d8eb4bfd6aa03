import type { Locale } from '../domain/catalog.ts';
import type { Sql } from './connect.ts';
import { PARTNER_VIEW, type PartnerView } from './partners.ts';

/** A partner as an administrator sees it. */
export interface AdminPartner extends PartnerView {
  email: string;
  locale: Locale;
  listed: boolean;
  /** The most live leads it wants; null: no limit. */
  capacity: number | null;
  liveLeads: number;
  rank: number;
  createdAt: Date;
}

const VIEW = `${PARTNER_VIEW}, p.email, p.locale, p.listed, p.capacity, p.live_leads as "liveLeads", p.rank,
  p.created_at as "createdAt"`;

/**
 * A page of all partners, newest first. `search` is folded text, in title or name; `whole` is all of slug or e-mail,
 * in lower case.
 */
export function listAllPartners(
  sql: Sql,
  filter: {
    search: string | undefined;
    whole: string | undefined;
    listed: boolean | undefined;
    tier: string | undefined;
  },
  page: { before: string | undefined; limit: number },
): Promise<AdminPartner[]> {
  return sql.query<AdminPartner>(
    `select ${VIEW} from partners p
     where ($1::text is null or strpos(p.search_text, $1) > 0 or p.slug = $6 or lower(p.email) = $6)
       and ($2::bool is null or p.listed = $2) and ($3::text is null or p.tier = $3)
       and ($4::uuid is null or p.id < $4)
     order by p.id desc limit $5`,
    [
      filter.search ?? null,
      filter.listed ?? null,
      filter.tier ?? null,
      page.before ?? null,
      page.limit,
      filter.whole ?? null,
    ],
  );
}

/** Any partner by id or slug. */
export async function findAnyPartner(sql: Sql, idOrSlug: string): Promise<AdminPartner | undefined> {
  const [partner] = await sql.query<AdminPartner>(
    `select ${VIEW} from partners p where p.slug = $1 or p.id::text = lower($1)`,
    [idOrSlug],
  );
  return partner;
}

/** What an administrator says of a partner. */
export interface PartnerFacts {
  title: string;
  name: string;
  about: string;
  type: string;
  tier: string;
  country: string;
  /** The first is the primary one. */
  languages: string[];
  services: string[];
  email: string;
  locale: string;
  listed: boolean;
  accepting: boolean;
  capacity: number | null;
  /** Title and name, folded (domain/fold.ts). */
  searchText: string;
}

const COLUMNS = `title, name, about, type, tier, country, languages, primary_language, services, email, locale,
  listed, accepting, capacity, search_text`;

function valuesOf(facts: PartnerFacts): unknown[] {
  const { title, name, about, type, tier, country, languages, services, email, locale } = facts;
  const { listed, accepting, capacity, searchText } = facts;
  const offer = [type, tier, country, languages, languages[0], services];
  return [title, name, about, ...offer, email, locale, listed, accepting, capacity, searchText];
}

/**
 * Writes a new partner, without any history.
 * @param rank what domain/ranking.ts gives a newcomer
 * @returns false when the slug is taken
 */
export async function insertPartner(
  sql: Sql,
  { id, slug, rank }: { id: string; slug: string; rank: number },
  facts: PartnerFacts,
): Promise<boolean> {
  const rows = await sql.query(
    `insert into partners (${COLUMNS}, id, slug, rank)
     values ($1, $2, $3, $4, $5, $6, $7::text[], $8, $9::text[], $10, $11, $12, $13, $14, $15, $16, $17, $18)
     on conflict (slug) do nothing returning id`,
    [...valuesOf(facts), id, slug, rank],
  );
  return rows.length > 0;
}

/** Locks a partner and reads it, for a change. */
export async function lockPartner(sql: Sql, id: string): Promise<AdminPartner | undefined> {
  const [partner] = await sql.query<AdminPartner>(
    `select ${VIEW} from partners p where p.id = $1 for no key update`,
    [id],
  );
  return partner;
}

/** Writes what is said of a partner that this transaction has locked. */
export async function updatePartner(sql: Sql, id: string, facts: PartnerFacts): Promise<void> {
  await sql.query(
    `update partners set (${COLUMNS})
       = ($1, $2, $3, $4, $5, $6, $7::text[], $8, $9::text[], $10, $11, $12, $13, $14, $15)
     where id = $16`,
    [...valuesOf(facts), id],
  );
}

/** Partners as others' records name them. */
export interface PartnerName {
  id: string;
  slug: string;
  name: string;
}

export async function partnerNames(sql: Sql, ids: string[]): Promise<Map<string, PartnerName>> {
  const rows = await sql.query<PartnerName>(
    'select id, slug, name from partners where id = any ($1::uuid[])',
    [[...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
