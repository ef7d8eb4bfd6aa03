import { setTimeout as delay } from 'node:timers/promises';
import { type Access, createDatabase, lookUpDatabase } from './connect.ts';
import type { EmbeddedPostgresError } from './errors.ts';
import { explainOutput } from './explain.ts';
import { type Launched, launch } from './launch.ts';
import type { Place } from './place.ts';
import { type Postmaster, runningPostmaster } from './postmaster.ts';
import { passStaleLock } from './stale-lock.ts';
import { stopServer } from './stop.ts';

const POLL_MS = 10;
/** Pause before a launch is tried again. */
const RETRY_MS = 200;
/** The last backends of a killed server end within a second or two, busy ones later. */
const RETRY_FOR_MS = 20_000;
/** A server that recovers after a crash replays up to 1 GB of log. */
const READY_WITHIN_MS = 120_000;

/** Failures that pass: a server of another process is faster, old backends are still ending, the port was taken. */
const PASSING =
  /lock file "[^"]*" (already exists|is empty)|pre-existing shared memory block|could not (bind|create any TCP)/;

export interface Served {
  postmaster: Postmaster;
  adopted: boolean;
  firstStart: boolean;
}

/**
 * Gives the running server of this cluster, launching it when there is none. No lock is needed: of two
 * processes, PostgreSQL's own lock file lets one server live, and both end up with that one.
 */
export async function serve(
  place: Place,
  native: string,
  cluster: string,
  password: string,
): Promise<Served> {
  const began = Date.now();
  let child: Launched | undefined;
  try {
    for (;;) {
      const postmaster = await runningPostmaster(cluster);
      if (postmaster?.ready) {
        const database = await openDatabase({ cluster, password, port: postmaster.port });
        if (database !== 'silent')
          return { postmaster, adopted: postmaster.pid !== child?.pid, firstStart: database === 'created' };
      }
      if (!postmaster && (!child || child.hasEnded())) {
        if (child) await mayRetry(child, place, Date.now() - began);
        await passStaleLock(cluster);
        child = await launch(place.home, cluster, native, place.account);
      }
      if (Date.now() - began > READY_WITHIN_MS) throw tooSlow(place, child);
      await delay(POLL_MS);
    }
  } catch (error) {
    if (child?.pid) await stopServer(child.pid, cluster, native);
    throw error;
  }
}

async function openDatabase(access: Access): Promise<'there' | 'created' | 'silent'> {
  const found = await lookUpDatabase(access);
  if (found !== 'missing') return found;
  return (await createDatabase(access)) ? 'created' : 'there';
}

async function mayRetry(child: Launched, { home }: Place, elapsedMs: number): Promise<void> {
  const output = child.output();
  if (!PASSING.test(output) || elapsedMs > RETRY_FOR_MS)
    throw explainOutput('The embedded database server does not start', output, home);
  await delay(RETRY_MS);
}

function tooSlow({ home }: Place, child: Launched | undefined): EmbeddedPostgresError {
  const what = `The embedded database server was not ready after ${READY_WITHIN_MS / 1000} s`;
  return explainOutput(what, child?.output() ?? '', home);
}
