import { CALLS, COMMITS } from '../../../db/points.ts';
import type { Random } from '../../../db/seed/random.ts';
import { JOBS } from '../../../jobs/registry.ts';
import type { Child } from '../child.ts';
import { pause } from '../pause.ts';
import { type System, TIMES } from '../system.ts';
import type { Kind } from './kind.ts';

const anyone = ({ apis, workers }: System, random: Random): Child =>
  random.pick([...apis, ...workers, ...workers]);

const ended = (name: string, signal: NodeJS.Signals): Kind => ({
  name,
  async happen(system, random) {
    const child = anyone(system, random);
    if (!child.signal(signal)) return 0;
    await child.gone(20_000);
    return 1;
  },
});

const frozen: Kind = {
  name: 'SIGSTOP, and SIGCONT later',
  async happen(system, random) {
    const child = anyone(system, random);
    if (!child.signal('SIGSTOP')) return 0;
    // Now and then for longer than a job's lock and than Postgres lets a transaction idle.
    await pause(random.chance(0.4) ? TIMES.jobLockS * 1_000 + 2_500 : random.int(200, 1_500));
    child.signal('SIGCONT');
    return 1;
  },
};

const blocked: Kind = {
  name: 'event loop blocked for longer than the lock',
  async happen(system, random) {
    anyone(system, random).order({ block: TIMES.jobLockS * 1_000 + random.int(200, 1_500) });
    return 1;
  },
};

const skewed: Kind = {
  name: 'clock jumps',
  async happen(system, random) {
    const child = random.pick(system.workers);
    child.order({ skew: random.pick([-3_600_000, -30_000, 30_000, 3_600_000, 400 * 86_400_000]) });
    await pause(random.int(500, 2_500));
    child.order({ skew: 0 });
    return 1;
  },
};

/** Points that load never passes: what people do once, by hand, on pages; and limits, which are off. */
const BY_HAND = [
  'seed',
  'rate limit count',
  'admin made',
  'api key made',
  'api key replaced',
  'api key revoked',
  'erasure',
  'export record',
  'board act',
];

/** Every point where a process can be killed under load. */
export const POINTS: string[] = [
  ...COMMITS.filter((commit) => !BY_HAND.includes(commit)),
  ...JOBS.map(({ name }) => `job ${name}`),
  'settling send-email',
  ...CALLS,
].flatMap((point) => [`before ${point}`, `after ${point}`]);

// So long a process may take to come to the point.
const COMES_WITHIN_MS = 4_000;

/** Killed at one point, and its successor at the same one. */
const killedAt = (point: string): Kind => ({
  name: `kill -9 ${point}, twice in a row`,
  async happen(system) {
    const everybody = [...system.apis, ...system.workers];
    const lives = everybody.map((child) => child.lives());
    const died = () => everybody.findIndex((child, no) => child.lives() !== lives[no]);
    for (const child of everybody) child.order({ killAt: point });
    const deadline = Date.now() + COMES_WITHIN_MS;
    while (died() < 0 && Date.now() < deadline) await pause(5);
    const first = everybody[died()];
    for (const child of everybody) if (child !== first) child.order({ killAt: undefined });
    if (!first) return 0;
    first.order({ killAt: point });
    const again = await first.gone(2 * COMES_WITHIN_MS);
    first.order({ killAt: undefined });
    return again === undefined ? 1 : 2;
  },
});

export const PROCESSES: Kind[] = [
  ended('kill -9', 'SIGKILL'),
  ended('SIGTERM', 'SIGTERM'),
  frozen,
  blocked,
  skewed,
];

export const KILLS: Kind[] = POINTS.map(killedAt);
