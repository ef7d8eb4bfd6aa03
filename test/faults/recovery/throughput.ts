import { pause } from '../pause.ts';
import type { System } from '../system.ts';
import { drained, routedPerSecond, startSteady } from './steady.ts';

export interface Recovery {
  fault: string;
  /** Requests routed in full a second, in the 10 s before, and in the 10 s that begin 10 s after. */
  before: number;
  after: number;
  ratio: number;
}

const FAULTS: { fault: string; happen(system: System): Promise<unknown> }[] = [
  {
    fault: 'Postgres restarted',
    async happen({ postgres, postgresWire }) {
      await postgres.crash();
      await postgres.start();
      postgresWire.to(postgres.port());
    },
  },
  {
    fault: 'backends killed',
    happen: ({ postgres }) =>
      postgres.ask(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'terna%'`,
      ),
  },
  { fault: 'pool exhausted', happen: exhaust },
  { fault: 'one kill -9', happen: async ({ workers }) => workers[0]?.signal('SIGKILL') },
  {
    fault: 'repeated kills',
    async happen({ workers }) {
      for (let round = 0; round < 3; round++) {
        for (const worker of workers) worker.signal('SIGKILL');
        await pause(500);
      }
    },
  },
];

/** Every connection that the server has left is taken for two seconds, and those of the program are cut. */
async function exhaust({ postgres }: System): Promise<void> {
  const held: Promise<unknown>[] = [];
  for (let no = 0; no < 200; no++) held.push(postgres.hold(() => pause(2_000)).catch(() => undefined));
  await pause(300);
  await postgres
    .ask(`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'terna%'`)
    .catch(() => undefined);
  await Promise.all(held);
}

/** What comes in at an even rate goes through as before, 10 s after. @param perSecond well below what it can do */
export async function measureRecovery(
  system: System,
  perSecond: number,
  say: (line: string) => void,
): Promise<Recovery[]> {
  await drained(system);
  const steady = startSteady(system, perSecond);
  const found: Recovery[] = [];
  try {
    await pause(5_000);
    for (const { fault, happen } of FAULTS) {
      const quiet = Date.now();
      await pause(10_000);
      const before = await routedPerSecond(system, quiet, quiet + 10_000);
      await happen(system);
      const happened = Date.now();
      await pause(21_000);
      const after = await routedPerSecond(system, happened + 10_000, happened + 20_000);
      const ratio = Math.round((after / before) * 1_000) / 1_000;
      found.push({ fault, before, after, ratio });
      say(`${fault}: ${before} requests/s routed before, ${after} after: ${ratio}`);
    }
  } finally {
    await steady.stop();
  }
  return found;
}
