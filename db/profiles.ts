import type { Locale } from '../domain/catalog.ts';
import type { TrackRecord } from '../domain/ranking.ts';
import type { Sql } from './connect.ts';
import type { PartnerView } from './partners.ts';

/** Which mails a partner wants. */
export interface Notifications {
  leadNew: boolean;
  leadNudge: boolean;
  leadClosed: boolean;
}

/** A partner as it sees itself. */
export interface Profile extends PartnerView {
  email: string;
  locale: Locale;
  listed: boolean;
  capacity: number | null;
  liveLeads: number;
  notifications: Notifications;
}

/** A partner's own profile, listed or not. */
export async function findProfile(sql: Sql, id: string): Promise<Profile | undefined> {
  const [profile] = await sql.query<Profile>(
    `select id, slug, title, name, about, type, tier, country, services, email, locale, accepting, capacity,
       live_leads as "liveLeads", listed,
       (select jsonb_agg(jsonb_build_object('code', code, 'primary', code = primary_language)
          order by code <> primary_language, code) from unnest(languages) as code) as languages,
       case when review_count > 0 then round(rating_sum::numeric / review_count, 2)::float8 end as rating,
       review_count as "reviewCount", completed_projects as "completedProjects",
       answer_seconds as "answerSeconds",
       jsonb_build_object('leadNew', notify_lead_new, 'leadNudge', notify_lead_nudge,
         'leadClosed', notify_lead_closed) as notifications
     from partners where id = $1`,
    [id],
  );
  return profile;
}

/** What a partner may change of itself. `searchText` is title and name, folded. */
export type EditableProfile = Pick<
  Profile,
  | 'title'
  | 'name'
  | 'about'
  | 'services'
  | 'country'
  | 'languages'
  | 'locale'
  | 'accepting'
  | 'capacity'
  | 'notifications'
> & { searchText: string };

/** Writes a profile. Call it under the partner's lock. */
export async function updateProfile(sql: Sql, id: string, profile: EditableProfile): Promise<void> {
  const { title, name, about, services, country, languages, locale, accepting, capacity } = profile;
  const { leadNew, leadNudge, leadClosed } = profile.notifications;
  await sql.query(
    `update partners set title = $2, name = $3, about = $4, services = $5, country = $6, languages = $7,
       primary_language = $8, locale = $9, accepting = $10, capacity = $11, search_text = $12,
       notify_lead_new = $13, notify_lead_nudge = $14, notify_lead_closed = $15
     where id = $1`,
    [
      id,
      title,
      name,
      about,
      services,
      country,
      languages.map(({ code }) => code),
      languages.find(({ primary }) => primary)?.code,
      locale,
      accepting,
      capacity,
      profile.searchText,
      leadNew,
      leadNudge,
      leadClosed,
    ],
  );
}

/** Where a partner stands in the catalog: `place` of `of` listed partners, null when it is not listed. */
export interface Standing extends TrackRecord {
  rank: number;
  place: number | null;
  of: number;
}

/** Counted when asked: rank, highest first, then id, as the catalog has it. */
export async function standingOf(sql: Sql, id: string): Promise<Standing | undefined> {
  const [standing] = await sql.query<Standing>(
    `select me.rank, me.completed_projects as "completedProjects", me.review_count as "reviewCount",
       me.rating_sum as "ratingSum", case when me.listed then ahead + 1 end as place, listed_count as "of"
     from partners me, lateral (
       select count(*)::int as listed_count,
         count(*) filter (where p.rank > me.rank or (p.rank = me.rank and p.id < me.id))::int as ahead
       from partners p where p.listed) as counted
     where me.id = $1`,
    [id],
  );
  return standing;
}
