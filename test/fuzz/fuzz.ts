import fc from 'fast-check';
import type { TestApi } from '../helpers/http-api.ts';
import type { Call } from './call.ts';
import { calls } from './calls.ts';
import { complaints } from './judge.ts';
import { newRound } from './round.ts';
import type { Document, Round } from './routes.ts';
import { sweep } from './sweep.ts';
import { type Memory, startTarget, type Target } from './target.ts';
import { asCurl, type Heard, wire } from './wire.ts';

export interface Findings {
  calls: number;
  ms: number;
  /** How many answers had each status. */
  statuses: Map<number, number>;
  slowestMs: number;
  /** The slowest answer of /livez, asked in between. */
  livezMs: number;
  /** Taken at even intervals. */
  memory: Memory[];
  /** How many calls the sweep has, and how many of them were made. */
  sweep: { all: number; made: number };
  /** What was wrong, how to see it again, and what was logged. */
  failures: string[];
}

// A world is used up by calls that succeed: each round has its own.
const ROUND = 100;
// So many rounds go on side by side.
const LANES = 2;
// Memory is measured so often in a run.
const LOOKS = 40;

/**
 * Makes so many calls, a round after the other, the same for the same seed. Every other round is part of the sweep,
 * until all of it is done; the rest are calls that chance made.
 */
export async function fuzz({ calls: total, seed }: { calls: number; seed: number }): Promise<Findings> {
  const target = await startTarget();
  const found: Findings = {
    ...{ calls: 0, ms: 0, statuses: new Map(), slowestMs: 0, livezMs: 0, memory: [], failures: [] },
    sweep: { all: 0, made: 0 },
  };
  const { send, close } = wire(target.port);
  const run: Run = { target, found, send, seed };
  const rounds = Math.ceil(total / ROUND);
  const everySo = Math.max(1, Math.floor(rounds / LOOKS));
  const began = performance.now();
  let next = 0;
  const lane = async (document: Document) => {
    for (let n = next++; n < rounds; n = next++) {
      const round = await newRound(target.api, document);
      const swept = n % 2 === 0 ? 0 : await sweepOn(run, round);
      await byChance(run, round, seed + n, ROUND - swept);
      if (n % everySo === 0) await look(run);
    }
  };
  try {
    const document = (await (await fetch(`http://127.0.0.1:${target.port}/openapi.json`)).json()) as Document;
    await Promise.all(Array.from({ length: LANES }, () => lane(document)));
    found.failures.push(...new Set(target.errors()), ...(await carryOut(target.api)));
  } finally {
    close();
    await target.stop();
  }
  found.ms = performance.now() - began;
  return found;
}

interface Run {
  target: Target;
  found: Findings;
  send(call: Call): Promise<Heard>;
  seed: number;
}

/** Makes a call. @returns what is wrong with the answer */
async function judged({ send, found }: Run, call: Call): Promise<string> {
  const heard = await send(call);
  found.calls += 1;
  found.statuses.set(heard.status, (found.statuses.get(heard.status) ?? 0) + 1);
  found.slowestMs = Math.max(found.slowestMs, heard.ms);
  return complaints(call, heard).join('; ').slice(0, 1_000);
}

/** The next calls of the sweep, in an order of the seed's. @returns how many there were */
async function sweepOn(run: Run, round: Round): Promise<number> {
  const { found, seed, target } = run;
  const all = sweep(round);
  const order = fc.shuffledSubarray([...all.keys()], { minLength: all.length });
  const [shuffled = []] = fc.sample(order, { numRuns: 1, seed });
  const part = shuffled.slice(found.sweep.made, found.sweep.made + ROUND);
  found.sweep = { all: all.length, made: found.sweep.made + part.length };
  for (const place of part) {
    const call = all[place]?.();
    const wrong = call && (await judged(run, call));
    if (wrong) found.failures.push(`sweep: ${call.route}: ${wrong}\n  ${asCurl(target.port, call)}`);
  }
  return part.length;
}

/** Calls that chance makes; of one that is answered wrongly, the simplest form that still is. */
async function byChance(run: Run, round: Round, seed: number, numRuns: number): Promise<void> {
  if (numRuns === 0) return;
  const { counterexample, errorInstance } = await fc.check(
    fc.asyncProperty(calls(round), async (call) => {
      const wrong = await judged(run, call);
      if (wrong) throw new Error(wrong);
    }),
    { seed, numRuns, interruptAfterTimeLimit: 60_000 },
  );
  const [call] = counterexample ?? [];
  if (!call) return;
  const { message } = errorInstance as Error;
  run.found.failures.push(`seed ${seed}: ${call.route}: ${message}\n  ${asCurl(run.target.port, call)}`);
}

async function look({ target, send, found }: Run): Promise<void> {
  found.memory.push(await target.memory());
  const { status, ms } = await send({ route: 'get /livez', method: 'GET', path: '/livez', headers: {} });
  if (status !== 200) found.failures.push(`/livez answers ${status}`);
  found.livezMs = Math.max(found.livezMs, ms);
}

/** Does all that was promised, and says what could not be done: who was told 202 must not wait for ever. */
async function carryOut({ deliver, db }: TestApi): Promise<string[]> {
  await deliver();
  const failed = await db.query<{ job: string; error: string }>(
    // The world has a job that failed before.
    "select job, error from outbox where error is not null and error <> 'broken'",
  );
  return failed.map(({ job, error }) => `${job} failed: ${error}`);
}
