import type { Database } from '../../db/connect.ts';
import { type Random, random } from '../../db/seed/random.ts';
import { percentile, type Run, type Say, type Side } from '../frame.ts';

/** What is done for one search of a class. */
export type Look = (dice: Random) => Promise<unknown>;

/** What all else is compared with, and looked at more often: it is over soon. */
export const KEY = 'by key';
const KEYS = 10;
const WARM_UP = 20;

/**
 * How long looks of each class take, one at a time on one connection that is warm: all classes in turn, round by round.
 * @param wrong what a check of the same looks found, for all runs
 */
export async function timeSearches(
  classes: Record<string, Look>,
  { rounds, searches, wrong, say }: { rounds: number; searches: number; wrong: string[]; say: Say },
): Promise<Side[]> {
  const sides = Object.keys(classes).map((name): Side => ({ name, unit: 'ms, p95', runs: [] }));
  for (let round = 0; round < rounds; round++)
    for (const { name, runs } of sides) {
      const look = classes[name];
      const times = name === KEY ? KEYS * searches : searches;
      if (look) runs.push({ ...(await timed(look, `${name} ${round}`, times)), wrong });
    }
  for (const { name, runs } of sides)
    say(`  ${name}: ${runs.map(({ value }) => value.toPrecision(3)).join(', ')} ms`);
  for (const each of wrong.slice(0, 5)) say(`      WRONG: ${each}`);
  return sides;
}

async function timed(look: Look, seed: string, times: number): Promise<Omit<Run, 'wrong'>> {
  const dice = random(seed);
  const spent = await timeLooks(
    () => look(dice),
    WARM_UP,
    (done) => done >= times,
  );
  return { value: percentile(spent, 0.95), seen: { median: percentile(spent, 0.5) } };
}

/** Looks until it is enough, one at a time, the first ones only to get warm. @returns how long each took, in ms */
export async function timeLooks(
  look: () => Promise<unknown>,
  warmUp: number,
  enough: (done: number) => boolean,
): Promise<number[]> {
  for (let no = 0; no < warmUp; no++) await look();
  const spent: number[] = [];
  while (!enough(spent.length)) {
    const began = performance.now();
    await look();
    spent.push(performance.now() - began);
  }
  return spent;
}

/** One partner of the large catalog by its primary key. */
export function lookByKey(db: Database, partners: number): Look {
  return (dice) =>
    db.query(`select id, rank from partners where id = md5('partner ' || $1::int)::uuid`, [
      dice.int(1, partners),
    ]);
}

/** In each round, the greatest of several sides. */
export function worstOf(sides: Side[]): number[] {
  return (sides[0]?.runs ?? []).map((_, round) =>
    Math.max(...sides.map(({ runs }) => runs[round]?.value ?? Number.NaN)),
  );
}
