import { rank } from '../domain/ranking.ts';
import { makeLargeCatalog } from './large-catalog.ts';
import type { RunDatabase } from './servers.ts';
import { unchecked } from './unchecked.ts';

/** Partners by what they have won: nothing, or one project with a review of so many stars. */
const KINDS = [0, 1, 2, 3, 4, 5].map((stars) => {
  const won = Math.min(stars, 1);
  return { stars, won, rank: rank({ completedProjects: won, reviewCount: won, ratingSum: stars }) };
});

/** One partner in so many has another past after each round. */
export const ONE_IN = 3;

/**
 * The large catalog with a past that its rows know of: each partner has two deals. The first was answered, and won by
 * five partners in six, with a review; the second was lost.
 */
export async function makeTrackRecords({ ask }: RunDatabase, partners: number): Promise<void> {
  await ask(
    'create table kinds as select * from jsonb_to_recordset($1) as k (stars int, won int, rank float8)',
    [JSON.stringify(KINDS)],
  );
  await ask(FIGURES);
  await makeLargeCatalog(ask, partners);
  await ask('drop trigger figures on partners');
  await ask(unchecked(...past(partners)));
  for (const table of ['requests', 'matches', 'deals', 'reviews'])
    await ask(`vacuum (analyze, freeze) ${table}`);
}

/** A third of the partners win their second deal, another third each round, or lose it again; no row knows of it. */
export async function changeThePast({ ask }: RunDatabase, partners: number, round: number): Promise<void> {
  await ask(
    unchecked(`update deals d set kind = s.kind, stage_id = s.id
      from generate_series(1, ${partners}) as no, stages s
      where no % ${ONE_IN} = ${round % ONE_IN} and d.id = md5('deal 2 ' || no)::uuid
        and s.pipeline_id = d.pipeline_id and s.kind in ('won', 'lost') and s.kind <> d.kind`),
  );
  await ask('vacuum (analyze) deals');
}

// A partner's number is in its slug. Written by the insert itself: an update would leave as many dead rows.
const FIGURES = `
create function figures() returns trigger language plpgsql as $$
declare
  no int := split_part(new.slug, '-', 2);
begin
  select won, won, stars, k.rank, no % 86400
  into new.completed_projects, new.review_count, new.rating_sum, new.rank, new.answer_seconds
  from kinds k where stars = no / ${ONE_IN} % 6;
  return new;
end $$;
create trigger figures before insert on partners for each row execute function figures()`;

/** All deals lie in one pipeline: ranks do not ask where. */
const past = (partners: number) => [
  `insert into pipelines (id, partner_id, name, position)
   select md5('pipeline')::uuid, md5('partner 1')::uuid, 'Leads', 0`,
  `insert into stages (id, pipeline_id, name, kind, position)
   select md5(kind)::uuid, md5('pipeline')::uuid, kind, kind, k
   from unnest(array['new', 'in_progress', 'won', 'lost']) with ordinality as s (kind, k)`,
  `insert into requests (id, mode, status, client_name, client_email, locale, title, description)
   select md5('request ' || no)::uuid, 'automated', 'completed', 'Client', 'client@load.example', 'en', 'CRM', ''
   from generate_series(1, ${partners}) as no`,
  `create temporary table past on commit drop as
   select no, k, md5('deal ' || k || ' ' || no)::uuid as id, md5('partner ' || no)::uuid as partner_id,
     md5('request ' || 1 + (no + k - 2) % ${partners})::uuid as request_id,
     case when k = 1 then no / ${ONE_IN} % 6 else 0 end as stars, now() - interval '60 days' as at
   from generate_series(1, ${partners}) as no, generate_series(1, 2) as k`,
  `insert into matches (id, request_id, partner_id, reasons, created_at)
   select id, request_id, partner_id, '[]', at from past`,
  `insert into deals (id, request_id, partner_id, pipeline_id, stage_id, kind, answered_at, moved_at, created_at)
   select id, request_id, partner_id, md5('pipeline')::uuid, md5(kind)::uuid, kind,
     case when k = 1 then at + no % 86400 * interval '1 second' end, at, at
   from past, cast(case when stars > 0 then 'won' else 'lost' end as text) as kind`,
  `insert into reviews (id, deal_id, partner_id, rating, comment, author, created_at)
   select id, id, partner_id, stars, 'Good work.', 'Client', at from past where stars > 0`,
];
