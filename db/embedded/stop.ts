import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { run } from './command.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { isPostmasterOf } from './postmaster.ts';

/**
 * From the kind way to the hard one: fast (ends the sessions, writes everything out), immediate (the next start
 * recovers from the log), kill (its backends notice and end). Each with the time it gets, ms.
 */
const STEPS = [
  { signal: 'SIGINT', mode: 'fast', waitMs: 8_000 },
  { signal: 'SIGQUIT', mode: 'immediate', waitMs: 7_000 },
  { signal: 'SIGKILL', mode: 'immediate', waitMs: 2_000 },
] as const;

const POLL_MS = 10;

/** Stops the server `pid` of this cluster and waits until it has ended; at once when it has ended before. */
export async function stopServer(pid: number, cluster: string, native: string): Promise<void> {
  for (const { signal, mode, waitMs } of STEPS) {
    if (!(await isPostmasterOf(pid, cluster))) return;
    await send(pid, signal, () => stopOnWindows(native, cluster, mode));
    const deadline = Date.now() + waitMs;
    while (Date.now() < deadline) {
      if (!(await isPostmasterOf(pid, cluster))) return;
      await delay(POLL_MS);
    }
  }
  throw new EmbeddedPostgresError(
    `The embedded database server (process ${pid}) does not stop: end it with kill -9 ${pid}, its data is safe.`,
  );
}

async function send(pid: number, signal: NodeJS.Signals, onWindows: () => Promise<unknown>): Promise<void> {
  if (process.platform === 'win32') return void (await onWindows());
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Windows has no signals between processes; pg_ctl knows PostgreSQL's own. */
const stopOnWindows = (native: string, cluster: string, mode: string) =>
  run(join(native, 'bin', 'pg_ctl'), ['stop', '-D', cluster, '-m', mode, '--no-wait'], undefined);
