import { findEligible, type Search } from '../../db/candidates.ts';
import { connect, type Database } from '../../db/connect.ts';
import { type Random, random } from '../../db/seed/random.ts';
import { figure, percentile, type Result, type Run, ratio, type Side } from '../frame.ts';
import { COMMON, DISJOINT, FULL_COUNTRY, makeLargeCatalog, RARE } from '../large-catalog.ts';
import { compareWithOracle } from '../oracle.ts';
import { COUNTRIES, LANGUAGES } from '../requests.ts';
import type { World } from '../world.ts';

export const MATCHING_IDS = ['6a', '6b', '7'];

/** What most clients ask for. */
export const TYPICAL = (dice: Random): Partial<Search> => ({
  services: [...new Set([dice.pick(COMMON), ...(dice.next() < 0.5 ? [dice.pick(COMMON)] : [])])],
  country: dice.next() < 0.5 ? dice.pick(COUNTRIES) : null,
  language: dice.next() < 0.5 ? dice.pick(LANGUAGES) : null,
  partnerType: dice.next() < 0.2 ? dice.pick(['agency', 'freelancer']) : null,
  tier: dice.next() < 0.2 ? dice.pick(['silver', 'gold', 'platinum']) : null,
});

/** What clients ask for, and what is hard to answer. */
const CLASSES: Record<string, (dice: Random) => Partial<Search>> = {
  typical: TYPICAL,
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
export async function matching(world: World): Promise<Result> {
  const { sizes, say, servers, wants } = world;
  const sides: Side[] = [];
  const measured = async (partners: number, classes: string[]) => {
    const database = await servers.database();
    const db = connect(database.url, 1);
    try {
      await database.ask('truncate partners cascade');
      say(`  ${partners} partners`);
      await makeLargeCatalog(database.ask, partners);
      const wrong = await compareWithOracle(db, partners, sizes.oracle, (dice) => {
        const of = dice.pick(Object.values(CLASSES));
        return searchOf(of(dice), dice);
      });
      const own: Side[] = ['by key', ...classes].map((name) => ({
        name: `${name}, ${partners} partners`,
        unit: 'ms, p95',
        runs: [],
      }));
      for (let round = 0; round < sizes.rounds; round++)
        for (const [no, name] of ['by key', ...classes].entries())
          own[no]?.runs.push({ ...(await timed(db, name, partners, sizes.searches, round)), wrong });
      for (const { name, runs } of own)
        say(`  ${name}: ${runs.map(({ value }) => value.toPrecision(3)).join(', ')} ms`);
      for (const each of wrong.slice(0, 5)) say(`      WRONG: ${each}`);
      sides.push(...own);
      return own;
    } finally {
      await db.close();
      await database.drop();
    }
  };

  const [key, ...large] = await measured(sizes.partners, Object.keys(CLASSES));
  const [, small] = wants('7') ? await measured(sizes.fewPartners, ['typical']) : [];
  const [typical, ...hard] = large;
  const figures = [];
  if (key && typical) figures.push(ratio(FIGURES.typical, typical, key));
  if (key) {
    const worst = key.runs.map((_, round) =>
      Math.max(...hard.map(({ runs }) => runs[round]?.value ?? Number.NaN)),
    );
    const times = worst.map((value, round) => value / (key.runs[round]?.value ?? Number.NaN));
    figures.push(
      figure(
        FIGURES.worst,
        times,
        [key, ...hard].flatMap(({ runs }) => runs),
      ),
    );
  }
  if (typical && small) figures.push(ratio(FIGURES.growth, typical, small));
  const notes = [
    `${sizes.searches} searches of each class a round, on one connection that is warm. ${sizes.oracle} other searches ` +
      'of all classes were compared with a search through all partners in memory: candidates, their order, and how ' +
      'many are eligible.',
  ];
  return { figures, sides, notes };
}

async function timed(
  db: Database,
  name: string,
  partners: number,
  times: number,
  round: number,
): Promise<Run> {
  const dice = random(`${name} ${round}`);
  const look = async () => {
    const of = CLASSES[name];
    if (!of) {
      await db.query(`select id, rank from partners where id = md5('partner ' || $1::int)::uuid`, [
        dice.int(1, partners),
      ]);
      return;
    }
    await findEligible(db, [searchOf(of(dice), dice)]);
  };
  for (let no = 0; no < 20; no++) await look();
  const spent: number[] = [];
  for (let no = 0; no < times; no++) {
    const began = performance.now();
    await look();
    spent.push(performance.now() - began);
  }
  return { value: percentile(spent, 0.95), seen: { median: percentile(spent, 0.5) }, wrong: [] };
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
