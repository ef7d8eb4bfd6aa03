import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Arguments, BadArguments, readArguments, USAGE } from './arguments.ts';
import { kindsOf } from './plan.ts';
import { type Round, runRound } from './round.ts';

// A round of a long run has so many faults.
const ROUND = 500;
const KEPT = resolve(import.meta.dirname, '../../.data/faults');

const say = (line: string) => process.stderr.write(`${line}\n`);

try {
  process.exitCode = await main(readArguments(process.argv.slice(2)));
} catch (error) {
  say(error instanceof BadArguments ? `${error.message}\n\n${USAGE}` : String((error as Error).stack));
  process.exitCode = error instanceof BadArguments ? 64 : 1;
}

async function main(args: Arguments): Promise<number> {
  const { faults, requests, seed, backEnd, long } = args;
  const rounds = long ? Math.max(1, Math.ceil(faults / ROUND)) : 1;
  const file = resolve(KEPT, `${seed}.${backEnd}.jsonl`);
  const done: Round[] =
    long && existsSync(file)
      ? readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [];
  say(
    `seed ${seed}, back end ${backEnd}: ${faults} faults of ${kindsOf(backEnd).length} kinds, ${requests} requests, ${rounds} rounds`,
  );
  if (done.length > 0) say(`going on after ${done.length} rounds (${file})`);
  for (let no = done.length; no < rounds; no++) {
    if (long) say(`round ${no + 1} of ${rounds}${timeLeft(done, rounds)}`);
    const round = await runRound({
      seed: long ? `${seed}/${no + 1}` : seed,
      backEnd,
      faults: Math.ceil(faults / rounds),
      requests: Math.ceil(requests / rounds),
      say,
    });
    done.push(round);
    if (long) {
      mkdirSync(KEPT, { recursive: true });
      appendFileSync(file, `${JSON.stringify(round)}\n`);
    }
    report(round);
  }
  const total = sum(seed, backEnd, done);
  process.stdout.write(`${JSON.stringify(total)}\n`);
  const { lost, duplicateDeals, duplicateMails, superfluousInvitations, asleep, violations } = total;
  return lost + duplicateDeals + duplicateMails + superfluousInvitations + asleep + violations.length > 0
    ? 1
    : 0;
}

function timeLeft(done: Round[], rounds: number): string {
  if (done.length === 0) return '';
  const seconds = done.reduce((sum, round) => sum + round.seconds, 0) / done.length;
  return `, some ${Math.round((seconds * (rounds - done.length)) / 60)} min left`;
}

function report({ kinds, unpassed, seconds }: Round): void {
  const most = Object.entries(kinds).sort(([, a], [, b]) => b - a);
  for (const [name, times] of most) say(`  ${String(times).padStart(4)}  ${name}`);
  say(
    `  ${seconds} s; points that no process came to: ${unpassed.length === 0 ? 'none' : unpassed.join(', ')}`,
  );
}

function sum(seed: string, backend: string, rounds: Round[]) {
  const add = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0);
  return {
    seed,
    backend,
    faults: add(({ faults }) => faults),
    requests: add(({ requests }) => requests),
    lost: add(({ lost }) => lost),
    duplicateDeals: add(({ duplicateDeals }) => duplicateDeals),
    duplicateMails: add(({ duplicateMails }) => duplicateMails),
    uncertainMails: add(({ uncertainMails }) => uncertainMails),
    superfluousInvitations: add(({ superfluousInvitations }) => superfluousInvitations),
    asleep: add(({ asleep }) => asleep),
    violations: rounds.flatMap(({ violations }) => violations),
  };
}
