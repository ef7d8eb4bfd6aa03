import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { random } from '../../db/seed/random.ts';
import { actAsClient, askForHelp, nothingTold, type Told } from './clients.ts';
import { POINTS } from './kinds/processes.ts';
import { actAsPartner, doOddJob } from './partners.ts';
import { pause } from './pause.ts';
import { plan } from './plan.ts';
import { type BackEnd, type System, type SystemOptions, startSystem } from './system.ts';
import { judge, type Verdict } from './verdict.ts';

export interface RoundOptions {
  seed: string;
  backEnd: BackEnd;
  faults: number;
  requests: number;
  /** The system's own size and times, where they are not the usual ones. */
  system?: Omit<SystemOptions, 'seed' | 'backEnd'>;
  /** How long clients and partners go on acting after the last request, s. */
  clientsActS?: number;
  /** How long it may take until nothing is left to do, ms. */
  settlesWithinMs?: number;
  say(line: string): void;
}

export interface Round extends Verdict {
  seed: string;
  backend: BackEnd;
  faults: number;
  requests: number;
  seconds: number;
  /** How often each kind happened. */
  kinds: Record<string, number>;
  /** Points that no process ever came to. */
  unpassed: string[];
}

// So many things go wrong at once.
const LANES = 7;
const CLIENTS = 6;

/** One run on a system of its own: load and faults side by side, then quiet, then the verdict. */
export async function runRound(options: RoundOptions): Promise<Round> {
  const began = Date.now();
  const system = await startSystem({ ...options.system, seed: options.seed, backEnd: options.backEnd });
  const told = nothingTold();
  const count = { faults: 0, sent: 0, kinds: {} as Record<string, number> };
  const onTheWay = new Set<string>();
  let busy = true;
  const progress = setInterval(() => {
    const { accepted, calls } = told;
    options.say(
      `${Math.round((Date.now() - began) / 1_000)} s: ${count.faults}/${options.faults} faults, ` +
        `${accepted.size}/${options.requests} requests accepted, ${calls} calls, ${system.mail.taken.length} mails`,
    );
  }, 10_000);

  try {
    const deck = plan(options.backEnd, options.seed);
    const lanes = Array.from({ length: options.faults > 0 ? LANES : 0 }, async (_, lane) => {
      const dice = random(`${options.seed} lane ${lane}`);
      while (count.faults < options.faults) {
        const kind = deck.next().value;
        if (kind.group !== undefined && onTheWay.has(kind.group)) continue;
        if (kind.group !== undefined) onTheWay.add(kind.group);
        // While the server is away, what needs it cannot happen.
        const happened = await kind.happen(system, dice).catch(() => 0);
        if (kind.group !== undefined) onTheWay.delete(kind.group);
        count.faults += happened;
        if (happened > 0) count.kinds[kind.name] = (count.kinds[kind.name] ?? 0) + happened;
        await pause(dice.int(20, 250));
      }
    });
    // Requests come as the faults do, so that neither is over long before the other.
    const due = () =>
      options.faults === 0 ? options.requests : Math.ceil((count.faults / options.faults) * options.requests);
    const clients = Array.from({ length: CLIENTS }, async () => {
      while (count.sent < options.requests) {
        if (count.sent >= due()) await pause(20);
        else await askForHelp(system, told, count.sent++);
      }
    });
    const life = [actAsClient, actAsPartner, actAsPartner, doOddJob].map(async (act) => {
      while (busy) {
        await act(system, told);
        await pause(50);
      }
    });
    await Promise.all([...lanes, ...clients]);
    await pause((options.clientsActS ?? 0) * 1_000);
    busy = false;
    await Promise.all(life);
    options.say('faults and load are over: waiting for everything to settle');
    const verdict = await settleAndJudge(system, told, options.settlesWithinMs);
    if (verdict.violations.length > 0) keepLogs(system, options);
    const unpassed = POINTS.filter((point) => !system.passed.has(point));
    const { seed, backEnd: backend } = options;
    const seconds = Math.round((Date.now() - began) / 1_000);
    const requests = told.accepted.size;
    return {
      seed,
      backend,
      faults: count.faults,
      requests,
      seconds,
      ...verdict,
      kinds: count.kinds,
      unpassed,
    };
  } finally {
    clearInterval(progress);
    await system.stop();
  }
}

/** What the processes wrote, for whoever looks for the reason. */
function keepLogs(system: System, { seed, backEnd, say }: RoundOptions): void {
  const folder = resolve(
    import.meta.dirname,
    '../../.data/faults',
    `${seed.replaceAll('/', '-')}.${backEnd}`,
  );
  mkdirSync(folder, { recursive: true });
  for (const child of [...system.apis, ...system.workers])
    writeFileSync(resolve(folder, `${child.name.replace(' ', '-')}.log`), child.output());
  say(`the processes' logs are in ${folder}`);
}

const SETTLES_WITHIN_MS = 120_000;

/** Waits until nothing is left that should be done now or within one answer window, then judges. */
async function settleAndJudge(system: System, told: Told, within = SETTLES_WITHIN_MS): Promise<Verdict> {
  const open = `select count(*)::int as n from outbox where failed_at is null
    and (run_at < now() + interval '5 minutes' or lease_until > now()) and key is null`;
  const deadline = Date.now() + within;
  for (;;) {
    const [left] = await system.postgres.ask<{ n: number }>(open);
    if (left?.n === 0 || Date.now() > deadline) break;
    await pause(250);
  }
  return judge(system, told);
}
