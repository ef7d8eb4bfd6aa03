/** A figure as it stands in the report; `value` may be a share of something, so the unit is in the name. */
export interface Figure {
  id: string;
  name: string;
  value: number;
  /** Of all runs: the median is `value`. */
  low: number;
  high: number;
  target: string;
  pass: boolean;
  /** A check of what came out failed, in at least one run: the figure means nothing. */
  void: boolean;
}

/** One run of one contestant. */
export interface Run {
  /** What is compared: a rate, a time, a size. */
  value: number;
  /** Whatever else was seen on the way, for the report. */
  seen?: Record<string, number>;
  /** What was found wrong afterwards; empty: all that was asked for is there, once. */
  wrong: string[];
}

export interface Contestant {
  name: string;
  unit: string;
  run(): Promise<Run>;
}

/** What a family of figures gives. */
export interface Result {
  figures: Figure[];
  /** What it was made of, for the report. */
  sides: Side[];
  notes: string[];
}

export interface Side {
  name: string;
  unit: string;
  runs: Run[];
}

export type Say = (line: string) => void;

/** Runs all of them in turns, every other round the other way round: a machine that changes, changes for all. */
export async function inTurns(contestants: Contestant[], times: number, say: Say): Promise<Side[]> {
  const sides = contestants.map(({ name, unit }): Side => ({ name, unit, runs: [] }));
  for (let round = 0; round < times; round++) {
    const order = contestants.map((_, index) => index);
    for (const index of round % 2 === 0 ? order : order.reverse()) {
      const [contestant, side] = [contestants[index], sides[index]];
      if (!contestant || !side) continue;
      const run = await contestant.run();
      side.runs.push(run);
      const seen = Object.entries(run.seen ?? {}).map(([name, value]) => `, ${name} ${round3(value)}`);
      say(`  ${round + 1}/${times} ${side.name}: ${round3(run.value)} ${side.unit}${seen.join('')}`);
      for (const wrong of run.wrong) say(`      WRONG: ${wrong}`);
    }
  }
  return sides;
}

/** Tries each once and gives the fastest: for the settings of who is compared with. */
export async function best<T>(choices: T[], trial: (choice: T) => Contestant, say: Say): Promise<T> {
  const tried: { choice: T; value: number }[] = [];
  for (const choice of choices) {
    const { name, unit, run } = trial(choice);
    const { value } = await run();
    say(`  tried ${name}: ${round3(value)} ${unit}`);
    tried.push({ choice, value });
  }
  const [fastest] = tried.sort((a, b) => b.value - a.value);
  if (!fastest) throw new Error('nothing to choose from');
  return fastest.choice;
}

export interface Named {
  id: string;
  name: string;
  /** `>= 0.8` or `<= 2` */
  target: string;
}

/** A figure from one value per round; void when a run that it is made of was wrong, or gave none. */
export function figure(named: Named, values: number[], runs: Run[]): Figure {
  const value = round3(median(values));
  const [, relation, limit] = /^([<>]=) ([\d.]+)/.exec(named.target) ?? [];
  const pass = relation === '>=' ? value >= Number(limit) : value <= Number(limit);
  const isVoid = !Number.isFinite(value) || runs.some(({ wrong }) => wrong.length > 0);
  const range = { low: round3(Math.min(...values)), high: round3(Math.max(...values)) };
  return { ...named, value, ...range, pass: pass && !isVoid, void: isVoid };
}

/** One side over another, round by round. */
export function ratio(named: Named, a: Side, b: Side, factor = 1): Figure {
  const values = a.runs.map(({ value }, round) => (factor * value) / (b.runs[round]?.value ?? Number.NaN));
  return figure(named, values, [...a.runs, ...b.runs]);
}

/** The side with the greater median. */
export function betterOf(a: Side | undefined, b: Side | undefined): Side | undefined {
  const middle = ({ runs }: Side) => median(runs.map(({ value }) => value));
  if (!a || !b) return a ?? b;
  return middle(a) >= middle(b) ? a : b;
}

export function median(values: number[]): number {
  return percentile(values, 0.5);
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const round3 = (value: number) => Number(value.toPrecision(value >= 1_000 ? 5 : 3));
