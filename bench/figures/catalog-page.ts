import { listCatalog } from '../../api/catalog-list.ts';
import { type CatalogCursor, listPartners } from '../../db/catalog-pages.ts';
import { connect, type Database } from '../../db/connect.ts';
import type { PartnerFilter } from '../../db/partners.ts';
import type { Random } from '../../db/seed/random.ts';
import { PARTNER_TYPES, TIERS } from '../../domain/catalog.ts';
import { comparePages, type KnownPartner, knownPartners } from '../catalog-oracle.ts';
import { figure, type Result } from '../frame.ts';
import { COMMON, FULL_COUNTRY, RARE } from '../large-catalog.ts';
import { COUNTRIES, LANGUAGES } from '../requests.ts';
import type { World } from '../world.ts';
import { KEY, type Look, lookByKey, timeSearches, worstOf } from './searches.ts';

export const CATALOG_IDS = ['8a', '8b'];

const PER_PAGE = 20;
const MISTYPED = 'mistyped names';

type Asked = Partial<PartnerFilter>;
const country = (dice: Random) => dice.pick([...COUNTRIES, FULL_COUNTRY]);
const language = (dice: Random) => dice.pick(LANGUAGES);
const type = (dice: Random) => dice.pick(PARTNER_TYPES);
const tier = (dice: Random) => dice.pick(TIERS);
const maybe = <T>(dice: Random, value: T) => (dice.next() < 0.5 ? value : undefined);

/** What visitors ask for; `name` is somebody's. */
const CLASSES: Record<string, (dice: Random, name: string) => Asked> = {
  nothing: () => ({}),
  'a service': (dice) => ({ services: [dice.pick(COMMON)] }),
  'a rare service': (dice) => ({ services: [dice.pick(RARE)] }),
  'three services': (dice) => ({ services: dice.shuffled(COMMON).slice(0, 3) }),
  'a country': (dice) => ({ country: country(dice) }),
  'a language': (dice) => ({ language: language(dice) }),
  'a type': (dice) => ({ type: type(dice) }),
  'a tier': (dice) => ({ tier: tier(dice) }),
  'some of them': (dice) => ({
    services: dice.shuffled(COMMON).slice(0, dice.int(0, 2)),
    country: maybe(dice, country(dice)),
    language: maybe(dice, language(dice)),
    type: maybe(dice, type(dice)),
    tier: maybe(dice, tier(dice)),
  }),
  'all of them': (dice) => ({
    services: [dice.pick(COMMON)],
    country: country(dice),
    language: language(dice),
    type: type(dice),
    tier: tier(dice),
  }),
  'a name': (_, name) => ({ search: name }),
  'the beginning of a name': (dice, name) => ({ search: name.slice(0, dice.int(3, name.length)) }),
};

/** A page of the catalog, first and later ones, beside a look at one partner by its key. */
export async function catalogPage({ sizes, say, servers }: World): Promise<Result> {
  const { partners, rounds, searches } = sizes;
  say(`  ${partners} partners`);
  const database = await servers.largeCatalog(partners);
  const db = connect(database.url, 1);
  try {
    const known = await knownPartners(db, partners);
    const wrong = await comparePages(db, known, COMPARED, PER_PAGE, (dice) => {
      const ask = dice.pick(Object.values(CLASSES));
      return filterOf(ask(dice, dice.pick(known).name));
    });
    const sides = await timeSearches(looks(db, known), { rounds, searches, wrong, say });
    const [key, ...pages] = sides.filter(({ name }) => name !== MISTYPED);
    const mistyped = sides.filter(({ name }) => name === MISTYPED);
    const keys = key?.runs ?? [];
    const worst = worstOf(pages).map((value, round) => value / (keys[round]?.value ?? Number.NaN));
    const figures = [
      figure(FIGURES.page, worst, [...keys, ...pages.flatMap(({ runs }) => runs)]),
      figure(
        FIGURES.mistyped,
        worstOf(mistyped),
        mistyped.flatMap(({ runs }) => runs),
      ),
    ];
    const notes = [
      `${searches} pages of ${PER_PAGE} of each class a round, on one connection that is warm; later pages begin at a ` +
        `place by chance. The worst class counts. ${COMPARED} other lists of all classes were compared with a search ` +
        'through all partners in memory, three pages of each by their cursors. A mistyped name has two letters that ' +
        'changed places.',
    ];
    return { figures, sides, notes };
  } finally {
    await db.close();
    await database.drop();
  }
}

/** So many lists are compared with the oracle. */
const COMPARED = 300;

function looks(db: Database, known: KnownPartner[]): Record<string, Look> {
  const all: Record<string, Look> = { [KEY]: lookByKey(db, known.length) };
  for (const [name, ask] of Object.entries(CLASSES)) {
    const look = (placed: boolean) => (dice: Random) => {
      const filter = filterOf(ask(dice, dice.pick(known).name));
      const after = placed ? placeIn(filter, dice.pick(known)) : undefined;
      return listPartners(db, filter, { after, limit: PER_PAGE + 1 });
    };
    all[`${name}, first page`] = look(false);
    all[`${name}, later page`] = look(true);
  }
  all[MISTYPED] = (dice) => {
    const filter = filterOf({ search: mistyped(dice.pick(known).name, dice) });
    return listCatalog(db, filter, { cursor: undefined, limit: PER_PAGE });
  };
  return all;
}

/** A place in the list, whether or not the partner there is in it. */
function placeIn(
  { language: asked }: PartnerFilter,
  { rank, id, primaryLanguage }: KnownPartner,
): CatalogCursor {
  return { speaksFirst: asked !== undefined && asked === primaryLanguage, rank, id };
}

/** Two letters in the first word change places. */
function mistyped(name: string, dice: Random): string {
  const at = dice.int(1, name.indexOf(' ') - 2);
  return name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2);
}

function filterOf(asked: Asked): PartnerFilter {
  const open = {
    country: undefined,
    language: undefined,
    type: undefined,
    tier: undefined,
    search: undefined,
  };
  return { services: [], ...open, ...asked };
}

const FIGURES = {
  page: { id: '8a', name: 'catalog page p95 over a look by primary key, worst class', target: '<= 10' },
  mistyped: { id: '8b', name: 'catalog page for a mistyped name, p95 in ms', target: '<= 300' },
};
