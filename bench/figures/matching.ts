import { findEligible, type Search } from '../../db/candidates.ts';
import { connect } from '../../db/connect.ts';
import type { Random } from '../../db/seed/random.ts';
import { figure, type Result, ratio, type Side } from '../frame.ts';
import { COMMON, DISJOINT, FULL_COUNTRY, RARE } from '../large-catalog.ts';
import { compareWithOracle } from '../oracle.ts';
import { COUNTRIES, LANGUAGES } from '../requests.ts';
import type { World } from '../world.ts';
import { KEY, type Look, lookByKey, timeSearches, worstOf } from './searches.ts';

export const MATCHING_IDS = ['6a', '6b', '7'];

/** What most clients ask for. */
export const TYPICAL = (dice: Random): Partial<Search> => ({
  services: [...new Set([dice.pick(COMMON), ...(dice.next() < 0.5 ? [dice.pick(COMMON)] : [])])],
  country: dice.next() < 0.5 ? dice.pick(COUNTRIES) : null,
  language: dice.next() < 0.5 ? dice.pick(LANGUAGES) : null,
  partnerType: dice.next() < 0.2 ? dice.pick(['agency', 'freelancer']) : null,
  tier: dice.next() < 0.2 ? dice.pick(['silver', 'gold', 'platinum']) : null,
});

const TYPICAL_CLASS = 'typical';

/** What clients ask for, and what is hard to answer. */
const CLASSES: Record<string, (dice: Random) => Partial<Search>> = {
  [TYPICAL_CLASS]: TYPICAL,
  'rare and rare': () => ({ services: [...RARE] }),
  'common and disjoint': () => ({ services: [...DISJOINT] }),
  'all match': () => ({ services: [] }),
  'none match': (dice) => ({ services: [dice.pick(COMMON)], country: 'ZZ' }),
  'three services': (dice) => {
    const first = dice.int(0, COMMON.length - 1);
    return { services: [0, 1, 2].map((step) => COMMON[(first + step) % COMMON.length] as string) };
  },
  'capacity full': (dice) => ({ services: [dice.pick(COMMON)], country: FULL_COUNTRY }),
};

/** The read of matching, one search at a time on one connection, beside a look at one partner by its key. */
export async function matching({ sizes, say, servers, wants }: World): Promise<Result> {
  const measured = async (partners: number, classes: string[]): Promise<Side[]> => {
    say(`  ${partners} partners`);
    const database = await servers.largeCatalog(partners);
    const db = connect(database.url, 1);
    try {
      const wrong = await compareWithOracle(db, partners, sizes.oracle, (dice) =>
        searchOf(dice.pick(Object.values(CLASSES))(dice), dice),
      );
      const looks: Record<string, Look> = { [KEY]: lookByKey(db, partners) };
      for (const name of classes)
        looks[name] = (dice) => findEligible(db, [searchOf(CLASSES[name]?.(dice) ?? {}, dice)]);
      const { rounds, searches } = sizes;
      return await timeSearches(looks, { rounds, searches, wrong, say });
    } finally {
      await db.close();
      await database.drop();
    }
  };

  const large = await measured(sizes.partners, Object.keys(CLASSES));
  const small = wants('7') ? await measured(sizes.fewPartners, [TYPICAL_CLASS]) : [];
  const [key, typical, ...hard] = large;
  const figures = [];
  if (key && typical) figures.push(ratio(FIGURES.typical, typical, key));
  if (key) {
    const times = worstOf(hard).map((value, round) => value / (key.runs[round]?.value ?? Number.NaN));
    figures.push(
      figure(
        FIGURES.worst,
        times,
        [key, ...hard].flatMap(({ runs }) => runs),
      ),
    );
  }
  if (typical && small[1]) figures.push(ratio(FIGURES.growth, typical, small[1]));
  const notes = [
    `${sizes.searches} searches of each class a round, on one connection that is warm. ${sizes.oracle} other searches ` +
      'of all classes were compared with a search through all partners in memory: candidates, their order, and how ' +
      'many are eligible.',
  ];
  const named = (sides: Side[], partners: number) =>
    sides.map((side) => ({ ...side, name: `${side.name}, ${partners} partners` }));
  return { figures, sides: [...named(large, sizes.partners), ...named(small, sizes.fewPartners)], notes };
}

/** A search with these criteria and no others. */
export function searchOf(criteria: Partial<Search>, dice: Random): Search {
  const requestId = `01a20000-0000-7000-8000-${String(dice.int(0, 999_999_999)).padStart(12, '0')}`;
  const open = { services: [], country: null, language: null, partnerType: null, tier: null, asked: [] };
  return { ...open, ...criteria, requestId };
}

const FIGURES = {
  typical: { id: '6a', name: 'match p95 over a look by primary key, most partners', target: '<= 3' },
  worst: { id: '6b', name: 'the same, worst adversarial class', target: '<= 30' },
  growth: { id: '7', name: 'match p95 at most partners over at few', target: '<= 1.5' },
};
