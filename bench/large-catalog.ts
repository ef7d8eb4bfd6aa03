import type { Sql } from '../db/connect.ts';
import { NAME_INDEXES } from '../db/migrations/0014-catalog-walk.ts';
import { SERVICES } from '../domain/catalog.ts';
import { COUNTRIES, LANGUAGES } from './requests.ts';

type Ask = (sql: string, values?: unknown[]) => Promise<unknown>;

/** What a partner of the large catalog offers: three of these, and one or two of the others. */
export const COMMON = SERVICES.slice(0, 6);
/** Every partner has one of the two, nobody has both. */
export const DISJOINT = SERVICES.slice(6, 8);
/** One partner in 2,000 has the one, one in 3,000 the other, one in 6,000 both. */
export const RARE = SERVICES.slice(8, 10);
/** One partner in ten is there, and none has room for another lead. */
export const FULL_COUNTRY = 'AQ';

// Titles say what for whom. Names are three syllables and a word: of a million, one or two have all of it, some
// hundreds the first five letters, and every fortieth the first three.
const WORDS = [
  'CRM,Email campaigns,Chatbots,Landing pages,Marketing automation,Online courses',
  'agencies,artists,bakeries,bookshops,cafes,clinics,dentists,farms,florists,galleries,garages,gyms,hotels,jewellers',
  'alb,bar,bru,cal,cla,cor,dal,dri,est,fal,flo,gal,gra,gui,hel,ibr,jan,kal,lum,mar,mor,nav,nor,oli,pal,pra,qui,ros,' +
    'sal,sol,tam,tru,umb,ura,vel,vin,wil,xan,yor,zel',
  'a,al,am,an,ar,as,at,av,e,el,em,en,er,es,et,ev,i,il,im,in,ir,is,it,iv,o,ol,om,on,or,os,ot,ov,u,ul,um,un,ur,us,ut,uv',
  'ba,bel,bo,ca,can,cus,da,der,do,fa,fin,fo,ga,gas,go,ha,hor,ja,jo,ka,kin,la,lum,ma,mir,na,nix,pa,pol,ra,ro,sa,sen,' +
    'ta,tiv,to,va,vor,xi,za',
  'Lab,Studio,Digital,Growth,Media,Partners,House,Group,Works,Agency,Office,Team,Bureau,Factory,Garden,Bridge,Harbour',
].map((words) => words.split(','));
const TITLE = `${word(0)} || ' for ' || ${word(1)}`;
const NAME = `initcap(${word(2)} || ${word(3)} || ${word(4)}) || ' ' || ${word(5)}`;

/** SQL for one word of a list: partners `n` with the same word here have any of the others there. */
function word(list: number): string {
  const spread = WORDS.slice(0, list).reduce((product, words) => product * words.length, 1);
  return `($8::jsonb -> ${list} ->> (n / ${spread} % ${WORDS[list]?.length})::int)`;
}

/**
 * Partners for matching at its worst: services that nobody has together though everybody has one of them, services
 * that few have, a country where nobody has room. The same ones every time.
 */
export async function makeLargeCatalog(ask: Ask, count: number): Promise<void> {
  // Names are indexed all at once: one by one takes several times as long.
  await ask('drop index partner_names_by_fives, partner_names_by_threes');
  await ask(PARTNERS, [
    count,
    COUNTRIES,
    LANGUAGES,
    COMMON,
    DISJOINT,
    RARE,
    FULL_COUNTRY,
    JSON.stringify(WORDS),
  ]);
  await ask(NAME_INDEXES);
  await ask('vacuum (analyze, freeze) partners, partner_names');
}

const PARTNERS = `
insert into partners (id, slug, title, name, type, tier, country, primary_language, languages, services, email,
  locale, capacity, live_leads, rank, search_text)
select md5('partner ' || no)::uuid, 'partner-' || no, title, name,
  (array['agency', 'freelancer'])[1 + h % 2], (array['registered', 'silver', 'gold', 'platinum'])[1 + h / 2 % 4],
  case when no % 10 = 3 then $7 else ($2::text[])[1 + h / 8 % cardinality($2::text[])] end, first,
  case when first = second then array[first] else array[first, second] end,
  array(select service from unnest($4::text[]) as service order by hashtext(service || no) limit 3)
    || ($5::text[])[1 + no % 2]
    || case when no % 2000 = 7 then array[($6::text[])[1]] else '{}' end
    || case when no % 3000 = 7 then array[($6::text[])[2]] else '{}' end,
  'partner-' || no || '@partners.example', (array['en', 'pt-BR'])[1 + h % 2],
  case when no % 10 = 3 then 1 end, case when no % 10 = 3 then 1 else 0 end, h % 10007 / 100.07,
  lower(title || ' ' || name)
from generate_series(1, $1::int) as no,
  abs(hashtext('partner ' || no)::bigint) as h,
  cast(($3::text[])[1 + h / 64 % cardinality($3::text[])] as text) as first,
  cast(($3::text[])[1 + h / 512 % cardinality($3::text[])] as text) as second,
  abs(hashtext('name ' || no)::bigint) as n,
  lateral (select ${TITLE} as title, ${NAME} as name) as called`;

/**
 * Columns of all partners of a large catalog, in the catalog's order, for who searches through them in memory.
 * @param columns SQL; `id` and `rank` are there anyway
 */
export async function everybody<Row extends { id: string; rank: number }>(
  db: Sql,
  partners: number,
  columns: string,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 1; from <= partners; from += 50_000)
    rows.push(
      ...(await db.query<Row>(
        `select id, rank, ${columns} from partners
         where id in (select md5('partner ' || no)::uuid from generate_series($1::int, $2::int) as no)`,
        [from, Math.min(from + 49_999, partners)],
      )),
    );
  if (rows.length !== partners) throw new Error(`${rows.length} partners of ${partners}`);
  return rows.sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1));
}
