import { uuidv7 } from 'uuidv7';
import type { Sql } from '../../db/connect.ts';
import type { PartnerType, Tier } from '../../domain/catalog.ts';
import { fold } from '../../domain/fold.ts';

export interface TestPartner {
  id: string;
  slug: string;
  title: string;
  name: string;
  type: PartnerType;
  tier: Tier;
  country: string;
  primaryLanguage: string;
  languages: string[];
  services: string[];
  email: string;
  locale: 'en' | 'pt-BR';
  listed: boolean;
  accepting: boolean;
  capacity: number | null;
  liveLeads: number;
  rank: number;
}

/** A partner that takes everything from everywhere; everything may be set otherwise. */
export function newPartner(overrides: Partial<TestPartner> = {}): TestPartner {
  const id = overrides.id ?? uuidv7();
  const primaryLanguage = overrides.primaryLanguage ?? 'en';
  return {
    id,
    slug: `partner-${id}`,
    title: 'Everything for everybody',
    name: `Partner ${id.slice(-6)}`,
    type: 'agency',
    tier: 'silver',
    country: 'BR',
    primaryLanguage,
    languages: [primaryLanguage],
    services: ['crm-setup'],
    email: `${id}@partners.example`,
    locale: 'en',
    listed: true,
    accepting: true,
    capacity: null,
    liveLeads: 0,
    rank: 50,
    ...overrides,
  };
}

export async function insertPartners(sql: Sql, partners: TestPartner[]): Promise<void> {
  const rows = partners.map((partner) => ({
    ...partner,
    search_text: fold(`${partner.title} ${partner.name}`),
  }));
  await sql.query(
    `insert into partners (id, slug, title, name, type, tier, country, primary_language, languages, services, email,
       locale, listed, accepting, capacity, live_leads, rank, search_text)
     select id, slug, title, name, type, tier, country, "primaryLanguage", languages, services, email, locale, listed,
       accepting, capacity, "liveLeads", rank, search_text
     from jsonb_to_recordset($1) as p (id uuid, slug text, title text, name text, type text, tier text, country text,
       "primaryLanguage" text, languages text[], services text[], email text, locale text, listed bool, accepting bool,
       capacity int, "liveLeads" int, rank float8, search_text text)`,
    [JSON.stringify(rows)],
  );
}
