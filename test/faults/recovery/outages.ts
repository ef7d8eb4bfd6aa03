import { type ChildProcess, spawn } from 'node:child_process';
import { random } from '../../../db/seed/random.ts';
import { compiled } from '../build.ts';
import { pause } from '../pause.ts';
import type { BackEnd, System } from '../system.ts';
import { drained, median, pickups, startSteady } from './steady.ts';

/** How an outage went, for Terna and for BullMQ alone. Seconds; null: not within the time that was watched. */
export interface Outage {
  kind: string;
  seconds: number;
  /** From its beginning until /readyz said so on every api; null where it ended first. */
  red: number | null;
  /** From its end until pickup is at most twice its normal latency again. */
  terna: number | null;
  plain: number | null;
}

// So long after an outage pickup must be back.
const BACK_WITHIN_S = 15;

type Wire = 'redisWire' | 'postgresWire';

/** An outage of so many seconds, and what ends it. */
const KINDS: Record<BackEnd, { kind: string; begin(system: System): void; end(system: System): void }[]> = {
  redis: [
    { kind: 'Redis half open', ...wired('redisWire', 'half-open') },
    { kind: 'Redis refuses', ...wired('redisWire', 'refuse') },
    {
      kind: 'Redis killed, and back empty',
      begin: ({ redis }) => void redis?.kill(),
      end: ({ redis }) => void redis?.start(),
    },
    { kind: 'Postgres half open', ...wired('postgresWire', 'half-open') },
  ],
  postgres: [
    { kind: 'Postgres half open', ...wired('postgresWire', 'half-open') },
    { kind: 'Postgres refuses', ...wired('postgresWire', 'refuse') },
  ],
};

function wired(wire: Wire, behaviour: 'half-open' | 'refuse') {
  return {
    begin: (system: System) => {
      system[wire]?.behave(behaviour);
      if (behaviour === 'refuse') system[wire]?.cut();
    },
    end: (system: System) => system[wire]?.behave('carry'),
  };
}

/** One outage after the other, while requests come in at an even rate. */
export async function measureOutages(
  system: System,
  { count, shortest, longest, seed }: { count: number; shortest: number; longest: number; seed: string },
  say: (line: string) => void,
): Promise<Outage[]> {
  const dice = random(`${seed} outages`);
  const outages: Outage[] = [];
  await drained(system);
  const steady = startSteady(system, 8);
  let plain = startPlain(compiled('test/faults/plain-worker.ts'), system.env);
  try {
    await pause(4_000);
    for (let no = 0; no < count; no++) {
      const kinds = KINDS[system.backEnd];
      const { kind, begin, end } = kinds[no % kinds.length] ?? dice.pick(kinds);
      const seconds = shortest * (longest / shortest) ** dice.next();
      const quiet = Date.now();
      await pause(4_000);
      const normal = median((await pickups(system, quiet)).map(({ ms }) => ms));
      const plainNormal = median(plain.since(quiet).map(({ ms }) => ms));
      const began = Date.now();
      begin(system);
      const red = watchRed(system, began);
      await pause(seconds * 1_000);
      const redAfter = await red.stop();
      end(system);
      const ended = Date.now();
      await pause(BACK_WITHIN_S * 1_000 + 3_000);
      const outage = {
        kind,
        seconds: round(seconds),
        red: redAfter,
        terna: backAfter(await pickups(system, ended), ended, normal),
        plain: backAfter(plain.since(ended), ended, plainNormal),
      };
      outages.push(outage);
      say(`${no + 1}/${count} ${inWords(outage)}`);
      // One that is wedged is started anew, as somebody would have to.
      if (outage.plain === null) {
        plain.stop();
        plain = startPlain(compiled('test/faults/plain-worker.ts'), system.env);
        await pause(2_000);
      }
    }
  } finally {
    plain.stop();
    await steady.stop();
  }
  return outages;
}

const inWords = ({ kind, seconds, red, terna, plain }: Outage) =>
  `${kind} for ${seconds} s: ready said no after ${red ?? '-'} s, pickup back after ${terna ?? 'more than 15'} s; BullMQ alone: ${plain ?? 'more than 15'} s`;

const round = (seconds: number) => Math.round(seconds * 10) / 10;

/** Seconds from the end of an outage until what comes in is picked up as fast as before, and stays so for 2 s. */
function backAfter(seen: { at: number; ms: number }[], ended: number, normal: number): number | null {
  // What is measured in single milliseconds may well double by chance.
  const limit = Math.max(2 * normal, normal + 20);
  for (let s = 0; s <= BACK_WITHIN_S; s += 0.25) {
    const from = ended + s * 1_000;
    const window = seen.filter(({ at }) => at >= from && at < from + 2_000);
    if (window.length >= 4 && median(window.map(({ ms }) => ms)) <= limit) return s;
  }
  return null;
}

/** Asks every api whether it is ready, until all have said no. */
function watchRed(system: System, began: number): { stop(): Promise<number | null> } {
  let watching = true;
  const asked = system.ports.map(async (port) => {
    while (watching) {
      const status = await fetch(`http://127.0.0.1:${port}/readyz`, {
        signal: AbortSignal.timeout(5_000),
      }).then(
        (response) => response.status,
        () => undefined,
      );
      if (status === 503) return Date.now() - began;
      await pause(100);
    }
    return null;
  });
  return {
    async stop() {
      watching = false;
      const times = await Promise.all(asked);
      return times.some((ms) => ms === null) ? null : round(Math.max(...times.map(Number)) / 1_000);
    },
  };
}

/** BullMQ alone, on the same wires. */
function startPlain(program: string, env: Record<string, string>) {
  const seen: { at: number; ms: number }[] = [];
  const child: ChildProcess = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.on('message', (message) => seen.push(message as { at: number; ms: number }));
  return {
    since: (at: number) => seen.filter((each) => each.at >= at),
    stop: () => void child.kill('SIGKILL'),
  };
}
